using PromptGen.Testing;

namespace PromptGen.EndToEnd.Tests.Wall;

/// <summary>Rows 8, 37 and 56: too much of everything. Runs alone, since memory is that of the whole process.</summary>
[Collection(nameof(Alone))]
public sealed class LimitTests : WallTests
{
    private const int Calls = 200;

    // All calls fail at the same time, so that no breaker is open when they send their first request: only the retry budget limits the retries.
    [Theory]
    [ViaBoth]
    public async Task Row08_In_an_outage_two_hundred_calls_ask_hardly_more_than_two_hundred_times(Via via)
    {
        var arrived = 0;
        var allArrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        AnswerAsync = async request =>
        {
            if (request.ModelId != Primary(via))
            {
                return Reply(Good);
            }

            if (Interlocked.Increment(ref arrived) == Calls)
            {
                allArrived.SetResult();
            }

            await allArrived.Task.WaitAsync(Hanging);
            return ModelReply.Error(500);
        };

        var calls = Enumerable.Range(0, Calls).Select(_ => Start(via)).ToList();
        var all = Task.WhenAll(calls);
        await allArrived.Task.WaitAsync(Hanging);
        await Time.AdvanceUntilAsync(all, TimeSpan.FromTicks(1), TimeSpan.FromSeconds(1.5)).WaitAsync(Hanging);

        Assert.All(await all, static call => Assert.NotNull(call.Result));
        Assert.InRange(Server.Requests.Count(request => request.ModelId == Primary(via)), Calls, (Calls * 1.2) + 10);
        Assert.Equal([$"{Backup(via)} Fallback None"], (await AskAsync(via)).Ledger);
    }

    [Theory]
    [ViaBoth]
    public async Task Row37_An_answer_that_never_ends_is_cut_off_and_its_connection_dropped(Via via)
    {
        Enqueue(via, ModelReply.Endless());
        Server.Enqueue(Stronger, Reply(Good));
        var before = GC.GetTotalMemory(forceFullCollection: true);

        var call = await AskAsync(via);

        Assert.Equal([$"{Primary(via)} Initial OutputTooLarge", $"{Stronger} Escalation None"], call.Ledger);
        await Server.Requests[0].WaitForAbortAsync().WaitAsync(Hanging);

        // 8 MiB and 2 KiB for each of 300 tokens may come, and a few MB belong to the test itself.
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 3 * 9_003_008L);
    }

    [Theory]
    [ViaBoth]
    public async Task Row56_Of_a_thousand_calls_at_once_a_budget_admits_those_that_it_can_pay(Via via)
    {
        // What 300 tokens of output cost; each reservation is a little more, for the prompt.
        var output = via == Via.OpenAI ? 0.0006m : 0.0012m;
        Configure = builder => builder.AddBudget("wall", output * 10, BudgetPeriod.Day);
        var refused = 0;
        var mayAnswer = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        AnswerAsync = async _ =>
        {
            await mayAnswer.Task.WaitAsync(Hanging);
            return Reply(Good, 1, 1);
        };

        var calls = await Task.WhenAll(Enumerable.Range(0, 1_000).Select(async _ =>
        {
            var call = await Start(via);
            if (call.Result is null && Interlocked.Increment(ref refused) == 990)
            {
                mayAnswer.SetResult();
            }

            return call;
        }));

        Assert.InRange(calls.Count(static call => call.Result is not null), 1, 10);
        Assert.All(calls.Where(static call => call.Result is null), static call =>
        {
            Assert.Equal(PromptErrorCode.BudgetExceeded, call.Code);
            Assert.Empty(call.Attempts);
        });
    }

    // Room for one reservation of the most expensive model, not for two: a single reservation that is not released stops the calls after it.
    [Theory]
    [ViaBoth]
    public async Task Row56_Calls_that_fail_or_are_cancelled_before_they_cost_anything_give_their_reservation_back(Via via)
    {
        Configure = static builder => builder.AddBudget("wall", 0.011m, BudgetPeriod.Day);
        Otherwise = static _ => ModelReply.Error(401);
        for (var i = 0; i < 10; i++)
        {
            Assert.Equal(PromptErrorCode.RouteExhausted, (await AskAsync(via)).Code);
        }

        // One after the other: a call cancelled while its request is on the way may have cost something.
        Otherwise = static _ => ModelReply.Error(429, retryAfter: "4");
        for (var i = 0; i < 3; i++)
        {
            using var cancellation = new CancellationTokenSource();
            var call = Start(via, cancellationToken: cancellation.Token);
            await Time.WaitForTimerAsync(TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(4.4)).WaitAsync(Hanging);
            await cancellation.CancelAsync();
            Assert.Equal(PromptErrorCode.Cancelled, (await call).Code);
        }

        Enqueue(via, Reply(Good, 1, 1));
        Assert.NotNull((await AskAsync(via)).Result);
    }
}
