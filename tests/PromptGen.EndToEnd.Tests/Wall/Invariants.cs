namespace PromptGen.EndToEnd.Tests.Wall;

/// <summary>What holds for every call, however it ended. Numbers as in the acceptance table: I1–I8.</summary>
internal static class Invariants
{
    private const int Retries = 2;
    private const int Repairs = 1;
    private const int ModelsOfRoute = 4;
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(100);

    public static void AssertAll(WallCall call)
    {
        Assert.True(call.Took <= Deadline + Grace, $"I1: took {call.Took}");
        if (call.KnownAttempts is not null)
        {
            Assert.Equal(call.Attempts.Count, call.Requests);
            AssertAttemptsAreBounded(call);
            AssertOnlyWholeAnswersSucceed(call);
            AssertCostIsTheSum(call);
        }

        AssertNoCanary([call.Error?.ToString() ?? "", .. call.Attempts.Select(static attempt => attempt.ToString())]);
        if (call.Error is OperationCanceledException cancelled)
        {
            Assert.Equal(call.Token, cancelled.CancellationToken);
            Assert.True(call.Token.IsCancellationRequested, "I7: cancelled, and not by the caller");
        }
    }

    public static void AssertNoCanary(IEnumerable<string> texts) =>
        Assert.All(texts, static text => Assert.DoesNotContain("CANARY", text, StringComparison.OrdinalIgnoreCase));

    private static void AssertAttemptsAreBounded(WallCall call)
    {
        Assert.True(call.Attempts.Count <= ModelsOfRoute * (1 + Repairs) * (1 + Retries), $"I2: {call.Attempts.Count} attempts");
        var retries = 0;
        foreach (var attempt in call.Attempts)
        {
            retries = attempt.Reason == PromptAttemptReason.Retry ? retries + 1 : 0;
            Assert.True(retries <= Retries, "I2: more retries than allowed");
        }
    }

    private static void AssertOnlyWholeAnswersSucceed(WallCall call)
    {
        // A router's answer is accepted as its own, and is no answer of the call. Of a vote there are several, which the winner is one of.
        var isVoted = call.Attempts.Any(static attempt => attempt.Reason == PromptAttemptReason.Vote);
        var own = call.Attempts.Where(attempt => attempt.Prompt == call.Attempts[^1].Prompt);
        var accepted = own.Count(static attempt => attempt.Outcome == PromptErrorCode.None);
        Assert.True(isVoted || accepted == (call.Cost is null ? 0 : 1), $"I3: {accepted} accepted answers");
        if (call.Result is not { Value: var value } result)
        {
            return;
        }

        // A request beside the first one that was not needed any more was sent after it.
        var last = isVoted ? result.Attempts.Last(attempt => attempt.Outcome == PromptErrorCode.None && attempt.ModelId == result.ModelId)
            : result.Attempts.Last(static attempt => attempt is not { Reason: PromptAttemptReason.Hedge, Outcome: PromptErrorCode.Cancelled });
        Assert.Equal(PromptErrorCode.None, last.Outcome);
        Assert.Equal(result.ModelId, last.ModelId);
        Assert.True(Enum.IsDefined(value.Queue), "I3: no such queue");
        Assert.InRange(value.Urgency, 1, 5);
        Assert.InRange(value.Confidence, 0.8, 1);
        Assert.InRange(value.Summary.Length, 0, 140);
        Assert.NotNull(value.Reference);
        Assert.DoesNotContain(value.Tags, static tag => tag is null);
    }

    private static void AssertCostIsTheSum(WallCall call)
    {
        Assert.All(call.Attempts, static attempt => Assert.True(attempt.Cost.Usd >= 0, "I4: a negative cost"));
        if (call.Cost is { } cost)
        {
            Assert.Equal(cost.Usd, call.Attempts.Sum(static attempt => attempt.Cost.Usd));
            Assert.Equal(cost.IsComplete, call.Attempts.All(static attempt => attempt.Cost.IsComplete));
        }
    }
}
