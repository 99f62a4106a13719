using PromptGen.Catalog;
using PromptGen.Execution;
using PromptGen.Judging;
using PromptGen.Routing;
using PromptGen.Tests.Pipelines;
using static PromptGen.Tests.Execution.HedgeDesk;

namespace PromptGen.Tests.Execution;

/// <summary>What the verdicts on two answers of one call mean for each other, and for the models behind them.</summary>
public sealed class HedgedVerdictTests
{
    private const string One = """{"value":1}""";
    private const string Two = """{"value":2}""";

    [Fact]
    public async Task Of_two_answers_that_both_pass_their_check_the_one_that_passed_first_counts()
    {
        using var desk = new Desk();
        var (first, second) = (Slow(desk.Mini), Slow(desk.Haiku));
        PromptCall<int> call = null!;
        call = desk.Runtime.Start(
            Hedged(),
            value =>
            {
                if (value == 1)
                {
                    // While the first answer is checked, the second one is accepted.
                    second.SetResult(Answer(Two));
                    SpinWait.SpinUntil(() => call.Steps.Ledger.Attempts.Count > 0, Numbers.Hanging);
                }

                return null;
            },
            CancellationToken.None);
        using (call)
        {
            var result = ResultAsync(call);
            await HedgeAsync(desk);
            await desk.Haiku.WaitForRequestAsync(1);
            first.SetResult(Answer(One));

            Assert.Equal("mini Initial Cancelled, haiku Hedge None", (await result).Attempts.Line());
            Assert.Equal(("haiku", 2), (call.Result.ModelId, call.Result.Value));
        }
    }

    [Fact]
    public async Task A_second_answer_whose_judge_a_budget_refuses_ends_the_call_where_the_first_model_is_unavailable()
    {
        using var desk = new Desk();
        var slow = Slow(desk.Mini);
        desk.Haiku.Answers(Two, 1, 1);
        using var call = desk.Runtime.StartJudged(
            Hedged(0.02m),
            (_, _) => Judge.DecideAsync(AskSonnetAsync(desk), static good => good ? null : "bad", "judge", WhenUnknown.Accept),
            CancellationToken.None);

        var result = ResultAsync(call);
        await HedgeAsync(desk);
        await RecordedAsync(call, 1);
        slow.SetException(new ProviderException(PromptErrorCode.NotFound));

        var error = await Assert.ThrowsAsync<PromptException>(() => result);
        Assert.Equal(PromptErrorCode.BudgetExceeded, error.Code);
        Assert.Equal("mini Initial NotFound, haiku Hedge BudgetExceeded", error.Attempts.Line());
        Assert.Single(desk.Haiku.Requests);
    }

    [Fact]
    public async Task Of_two_context_windows_that_were_too_small_the_larger_one_counts()
    {
        using var desk = new Desk();
        var (nano, micro) = (Model("nano", 4_000), Model("micro", 6_000));
        desk.Sonnet.Answers(One);
        using var call = desk.Runtime.Start(Sample.Prompt, CancellationToken.None);

        // Two models that were asked at once have failed.
        call.Steps.Leave(Sample.Mini, PromptErrorCode.ContextLength);
        call.Steps.Leave(nano, PromptErrorCode.ContextLength);

        Assert.True(await call.TryAsync(new PromptStep(Tier.Fast, [micro, Sample.Sonnet]), new UrgencyTemplate(Sample.Ticket)));
        Assert.Equal("sonnet Fallback None", call.Result.Attempts.Line());
        Assert.Empty(desk.Model("micro").Requests);
    }

    private static ModelInfo Model(string id, int window) => new(id, "openai", Tier.Fast) { ContextWindow = window, MaxOutputTokens = 100 };
}
