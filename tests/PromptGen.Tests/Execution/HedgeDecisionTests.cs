using PromptGen.Catalog;
using PromptGen.Routing;
using PromptGen.Tests.Budgets;
using static PromptGen.Tests.Execution.OrderedHedge;

namespace PromptGen.Tests.Execution;

/// <summary>Which of two hedged models without an accepted answer decides over the call, and what the call learns from the other one.</summary>
public sealed class HedgeDecisionTests
{
    private static readonly ModelInfo Small = new("small", "openai", Tier.Fast) { ContextWindow = 8_000 };

    [Fact]
    public async Task A_content_filter_ends_the_call_where_the_other_answer_was_rejected_before()
    {
        using var desk = new Desk();
        var (first, second) = (desk.Mini.Slow(), desk.Haiku.Slow());

        var call = desk.FailAsync(Hedged(), static _ => "never");
        await desk.HedgeAsync();
        await desk.Haiku.WaitForRequestAsync(1);
        await first.GiveAsync(1);
        await second.BreakAsync(PromptErrorCode.ContentFiltered);
        var error = await call;

        Assert.Equal(PromptErrorCode.ContentFiltered, error.Code);
        Assert.Equal("mini Initial NotAccepted, haiku Hedge ContentFiltered", error.Attempts.Line());
        Assert.Empty(desk.Sonnet.Requests);
    }

    [Fact]
    public async Task Of_two_faults_that_end_the_call_the_later_one_is_its_error()
    {
        using var desk = new Desk();
        var (first, _) = (desk.Mini.Slow(), desk.Haiku.Slow());

        var call = desk.FailAsync(Hedged(deadline: HedgeDesk.After * 2));
        await desk.HedgeAsync();
        await desk.Haiku.WaitForRequestAsync(1);
        await first.BreakAsync(PromptErrorCode.ContentFiltered);
        await InPlaceAsync(() => desk.Clock.Advance(HedgeDesk.After));
        var error = await call;

        Assert.Equal(PromptErrorCode.DeadlineExceeded, error.Code);
        Assert.Equal("mini Initial ContentFiltered, haiku Hedge DeadlineExceeded", error.Attempts.Line());
    }

    [Fact]
    public async Task A_second_model_that_a_budget_refuses_late_does_not_end_the_call_of_a_rejected_answer()
    {
        var nano = new ModelInfo("nano", "openai", Tier.General) { InputPrice = 0.1m, OutputPrice = 0.2m, ContextWindow = 8_000, MaxOutputTokens = 1_000 };
        using var desk = new BudgetDesk(static builder => builder.AddBudget("team", 0.005m, BudgetPeriod.Day));
        var first = desk.Mini.Slow();
        desk.Inner.Model("nano").Answers(Answer(3));
        var answer = new TaskCompletionSource();
        var prompt = Hedged(null, new PromptStep(Tier.Fast, [Sample.Mini, Sample.Haiku]), new PromptStep(Tier.General, [nano]));

        var call = desk.Inner.AskAsync(prompt, static value => value < 3 ? "too low" : null);
        await desk.Mini.WaitForRequestAsync(1);
        desk.Store.Before = _ => answer.Task;
        await desk.Inner.HedgeAsync();
        await first.GiveAsync(1);
        await InPlaceAsync(answer.SetResult);

        Assert.Equal("mini Initial NotAccepted, nano Escalation None", (await call).Attempts.Line());
        Assert.Empty(desk.Inner.Haiku.Requests);
    }

    [Fact]
    public async Task A_prompt_too_long_for_the_second_model_is_not_sent_to_the_next_one_that_takes_no_more()
    {
        using var desk = new Desk();
        var first = desk.Mini.Slow();
        desk.Haiku.Fails(new ProviderException(PromptErrorCode.ContextLength));
        var prompt = Hedged(null, new PromptStep(Tier.Fast, [Sample.Mini, Sample.Haiku, Small]));

        var call = desk.AskAsync(prompt);
        await desk.HedgeAsync();
        await desk.Haiku.WaitForRequestAsync(1);
        await first.GiveAsync(1);

        Assert.Equal("mini Initial None, haiku Hedge ContextLength", (await call).Attempts.Line());
        Assert.Empty(desk.Model("small").Requests);
    }

    [Fact]
    public async Task A_prompt_too_long_for_the_first_model_is_not_sent_to_a_later_one_that_takes_no_more()
    {
        using var desk = new Desk();
        var (first, second) = (desk.Mini.Slow(), desk.Haiku.Slow());
        desk.Sonnet.Answers(Answer(3));
        var prompt = Hedged(null, new PromptStep(Tier.Fast, [Sample.Mini, Sample.Haiku, Small]), Sample.General);

        var call = desk.AskAsync(prompt);
        await desk.HedgeAsync();
        await desk.Haiku.WaitForRequestAsync(1);
        await first.BreakAsync(PromptErrorCode.ContextLength);
        await second.BreakAsync(PromptErrorCode.NotFound);

        Assert.Equal("mini Initial ContextLength, haiku Hedge NotFound, sonnet Fallback None", (await call).Attempts.Line());
        Assert.Empty(desk.Model("small").Requests);
    }
}
