using PromptGen.EndToEnd.Tests.Calls;
using PromptGen.EndToEnd.Tests.Judging;
using PromptGen.EndToEnd.Tests.Wall;

namespace PromptGen.EndToEnd.Tests.Routing;

/// <summary>What a call would do, without a request.</summary>
public sealed class ExplainTests : CallTests
{
    private RoutedDesk Routed => new(Prompts);

    [Fact]
    public async Task A_call_is_explained_with_entry_ceiling_steps_messages_and_cost()
    {
        var plan = await Prompts.ExplainAsync(() => Routed.ByPlanAsync("I was charged twice", Plan.Free));

        Assert.Equal(("RoutedDesk.ByPlanAsync", "plan = Free", Tier.Fast), (plan.Prompt, plan.RoutedBy, plan.Ceiling));
        var step = Assert.Single(plan.Steps);
        Assert.Equal([Mini, Haiku, Sonnet], step.Models.Select(static model => model.ModelId));
        Assert.Equal([null, null, "above the ceiling of the call"], step.Models.Select(static model => model.Skipped));
        Assert.Equal("I was charged twice", step.Models[0].Messages[^1].Text);
        Assert.InRange(step.Models[0].EstimatedInputTokens, 10, 200);
        Assert.Equal((step.Models[0].EstimatedInputTokens + (100 * 2m)) / 1_000_000, step.Models[0].MaxUsd);
        // Asked again once, with its answer of 100 tokens.
        Assert.Equal((step.Models[1].MaxUsd * 2) + (100 * 2m / 1_000_000), plan.WorstCaseUsd);
        Assert.Empty(plan.Routers);
        Assert.Empty(Server.Requests);
    }

    [Fact]
    public async Task A_call_that_climbs_shows_every_step()
    {
        var plan = await Prompts.ExplainAsync(() => Routed.ByMethodAsync("short"));

        Assert.Equal([Tier.Fast, Tier.General], plan.Steps.Select(static step => step.Tier));
        Assert.Equal(("LevelOf = 1", null), (plan.RoutedBy, plan.Ceiling));
    }

    [Fact]
    public async Task A_hedge_is_shown_and_counts_with_both_models()
    {
        var plan = await Prompts.ExplainAsync(() => new HedgedDesk(Prompts).ViaOpenAIAsync("I was charged twice"));

        Assert.Equal([TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(2)], plan.Steps.Select(static step => step.HedgeAfter));
        Assert.Equal([[Mini, Haiku], [Sonnet, Haiku]], plan.Steps.Select(static step => step.Models.Select(static model => model.ModelId)));

        // Each of two models is asked again once, with its answer of 300 tokens at its input price.
        var repairs = (300 * (1m + 2) / 1_000_000) + (300 * (10m + 2) / 1_000_000);
        Assert.Equal((plan.Steps.Sum(static step => step.Models.Sum(static model => model.MaxUsd)) * 2) + repairs, plan.WorstCaseUsd);
        Assert.Empty(Server.Requests);
    }

    [Fact]
    public async Task A_prompt_that_decides_is_explained_and_not_asked()
    {
        var plan = await Prompts.ExplainAsync(() => Routed.ByPromptAsync("I was charged twice"));

        Assert.Equal("otherwise", plan.RoutedBy);
        var router = Assert.Single(plan.Routers);
        Assert.Equal(("RoutedDesk.DifficultyAsync", "How hard is this? I was charged twice"), (router.Prompt, router.Steps[0].Models[0].Messages[^1].Text));
        Assert.Empty(Server.Requests);
    }

    [Fact]
    public async Task A_router_counts_once_in_the_worst_case()
    {
        var routed = await Prompts.ExplainAsync(() => Routed.ByPromptAsync("I was charged twice"));
        var ruled = await Prompts.ExplainAsync(() => Routed.ByPromptAsync("My lawyer calls"));

        var router = Assert.Single(routed.Routers);
        Assert.Equal(Worst(routed, limit: 100, repairs: 1) + Worst(router, limit: 20, repairs: 0), routed.WorstCaseUsd);
        Assert.Equal(Worst(ruled, limit: 100, repairs: 1), ruled.WorstCaseUsd);

        // A request to a model of tier Fast takes three times 5 s and two waits of 5.5 s, one of tier General three times 15 s.
        Assert.Equal((TimeSpan.FromSeconds(26), TimeSpan.FromSeconds(26 + (2 * 26) + (2 * 56))), (router.WorstCaseDuration, routed.WorstCaseDuration!.Value));
        Assert.Equal(TimeSpan.FromSeconds(2 * 56), ruled.WorstCaseDuration);
    }

    [Fact]
    public async Task A_judge_counts_for_every_answer_in_the_worst_case()
    {
        var plan = await Prompts.ExplainAsync(() => new JudgedDesk(Prompts).GradedAsync("I was charged twice"));
        var soon = await Prompts.ExplainAsync(() => new JudgedDesk(Prompts).SoonAsync("I was charged twice"));
        var judge = plan.WorstCaseUsd - Worst(plan, limit: 100, repairs: 1);

        // Two steps with two answers each. A judge takes 50 output tokens at least, and the text of its template and schema.
        Assert.InRange(judge!.Value, 4 * 50 * 4m / 1_000_000, 4 * ((50 * 4m) + (150 * 2m)) / 1_000_000);
        Assert.Equal(TimeSpan.FromSeconds((2 * (26 + 26)) + (2 * (56 + 26))), plan.WorstCaseDuration);
        Assert.Equal(TimeSpan.FromSeconds(3), soon.WorstCaseDuration);
    }

    [Fact]
    public async Task Nothing_but_its_deadline_limits_the_time_of_a_stream()
    {
        var endless = await Prompts.ExplainAsync(async () => await Routed.StreamAsync("Hello", Plan.Pro).FirstAsync());

        Assert.Null(endless.WorstCaseDuration);
        Assert.NotNull(endless.WorstCaseUsd);
    }

    /// <summary>The highest cost of a call: the most expensive model of each step is called, and called again with its answer for each repair.</summary>
    private static decimal? Worst(PromptExplanation plan, int limit, int repairs) => plan.Steps.Sum(step => step.Models.Max(model =>
        ((1 + repairs) * model.MaxUsd) + (repairs * limit * (model.ModelId == Mini ? 1m : model.ModelId == Haiku ? 2m : 10m) / 1_000_000)));

    [Fact]
    public async Task A_stream_and_a_judged_call_are_explained_by_their_own_route()
    {
        var stream = await Prompts.ExplainAsync(async () =>
        {
            await foreach (var _ in Routed.StreamAsync("Hello", Plan.Pro))
            {
            }
        });
        var judged = await Prompts.ExplainAsync(() => new JudgedDesk(Prompts).GradedAsync("Hello"));

        Assert.Equal(("RoutedDesk.StreamAsync", 2), (stream.Prompt, stream.Steps.Count));
        Assert.Equal(("JudgedDesk.GradedAsync", 2), (judged.Prompt, judged.Steps.Count));
        Assert.Empty(Server.Requests);
    }

    [Fact]
    public async Task After_an_explanation_calls_are_made_again()
    {
        Server.Enqueue(Reply(Good));
        await Prompts.ExplainAsync(() => Routed.ByPlanAsync("I was charged twice", Plan.Free));

        Assert.Equal(Mini, (await Routed.ByPlanAsync("I was charged twice", Plan.Free)).ModelId);
        await Assert.ThrowsAsync<InvalidOperationException>(() => Prompts.ExplainAsync(static () => Task.CompletedTask));
    }
}
