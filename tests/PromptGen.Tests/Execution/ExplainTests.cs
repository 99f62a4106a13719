using PromptGen.Ensembles;
using PromptGen.Routing;
using PromptGen.Tests.Caching;

namespace PromptGen.Tests.Execution;

/// <summary>A call is explained without a request: its steps with their hedges, and the prompts that it asks first.</summary>
public sealed class ExplainTests
{
    private static readonly TimeSpan HedgeAfter = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task Steps_with_a_second_model_have_a_hedge_and_a_vote_has_none()
    {
        using var desk = new Desk();
        var members = new PromptStep(Tier.Fast, [Sample.Mini, Sample.Haiku]) { Samples = 1, Next = Sample.Fast };
        var prompt = new PromptDefinition<int>("Desk.Urgency", "00c0ffee", new UrgencyContract(), Sample.Fast) { HedgeAfter = HedgeAfter, Entries = [members] };

        var hedged = await desk.Runtime.ExplainAsync(() => desk.AskAsync(prompt));
        var voted = await desk.Runtime.ExplainAsync(async () =>
        {
            using var call = desk.Runtime.Start(prompt, CancellationToken.None);
            await Ensemble.VoteAsync(call, new PromptEnsemble<int>(members, static (writer, value) => writer.Text(value == 3 ? "3" : "other")), new UrgencyTemplate(Sample.Ticket));
        });

        Assert.Equal([HedgeAfter, null], hedged.Steps.Select(static step => step.HedgeAfter));
        Assert.Equal([null, HedgeAfter, null], voted.Steps.Select(static step => step.HedgeAfter));
        Assert.Equal([["mini", "haiku"], ["mini", "haiku"], ["sonnet"]], voted.Steps.Select(static step => step.Models.Select(static model => model.ModelId)));
        Assert.Empty(desk.Mini.Requests);
    }

    [Fact]
    public async Task Without_a_hedge_the_models_are_asked_one_at_a_time()
    {
        using var desk = new Desk();

        var plan = await desk.Runtime.ExplainAsync(() => desk.AskAsync());

        Assert.Equal(("Desk.Urgency", "00c0ffee", null), (plan.Prompt, plan.Version, plan.RoutedBy));
        Assert.Equal([null, null], plan.Steps.Select(static step => step.HedgeAfter));
        Assert.Empty(plan.Routers);
    }

    [Fact]
    public async Task The_prompts_that_decide_are_routers_of_the_call_and_not_of_each_other()
    {
        using var desk = new Desk();
        var (first, second) = (Router("Desk.First"), Router("Desk.Second"));

        var plan = await desk.Runtime.ExplainAsync(async () =>
        {
            using var call = desk.Runtime.Start(Sample.Prompt, CancellationToken.None);
            var entry = await call.RouteByAsync(
                new RouteEntry(Sample.Fast),
                desk,
                async (asked, token) =>
                {
                    await Assert.ThrowsAnyAsync<Exception>(() => asked.AskAsync(first, cancellationToken: token));
                    return (await asked.AskAsync(second, cancellationToken: token)).Value;
                },
                static (int _, ref RouteEntry _) => false,
                Sample.General);
            await call.TryAsync(call.Enter(entry)!, new UrgencyTemplate(Sample.Ticket));
        });

        Assert.Equal(("Desk.Urgency", "otherwise"), (plan.Prompt, plan.RoutedBy));
        Assert.Equal("sonnet", Assert.Single(Assert.Single(plan.Steps).Models).ModelId);
        Assert.Equal(["Desk.First", "Desk.Second"], plan.Routers.Select(static router => router.Prompt));
        Assert.All(plan.Routers, static router => Assert.Empty(router.Routers));
    }

    [Fact]
    public async Task A_model_that_broke_its_contract_is_skipped_during_its_break_and_explaining_is_no_probe()
    {
        using var desk = new Desk();
        var prompt = Sample.Define(repairs: 0);
        for (var i = 0; i < 10; i++)
        {
            desk.Mini.Answers("no");
            desk.Sonnet.Answers("""{"value":3}""");
            await desk.AskAsync(prompt);
        }

        var during = await desk.Runtime.ExplainAsync(() => desk.AskAsync(prompt));
        desk.Clock.Advance(TimeSpan.FromMinutes(1));
        var after = await desk.Runtime.ExplainAsync(() => desk.AskAsync(prompt));
        desk.Mini.Answers("""{"value":3}""");
        var result = await desk.AskAsync(prompt);

        Assert.NotNull(during.Steps[0].Models[0].Skipped);
        Assert.Null(after.Steps[0].Models[0].Skipped);
        Assert.Equal("mini Initial None", result.Attempts.Line());
    }

    [Fact]
    public async Task A_kept_answer_is_not_looked_for()
    {
        using var desk = new Desk();
        desk.Mini.Answers("""{"value":3}""");
        await desk.AskCachedAsync();

        var plan = await desk.Runtime.ExplainAsync(() => desk.AskCachedAsync());

        Assert.Equal("mini", Assert.Single(Assert.Single(plan.Steps).Models).ModelId);
        Assert.True((await desk.AskCachedAsync()).FromCache);
    }

    [Fact]
    public async Task A_delegate_that_calls_no_prompt_cannot_be_explained()
    {
        using var desk = new Desk();

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => desk.Runtime.ExplainAsync(static () => Task.CompletedTask));

        Assert.Equal("The delegate called no prompt.", error.Message);
        await Assert.ThrowsAsync<ArgumentNullException>("call", () => desk.Runtime.ExplainAsync(null!));
    }

    [Fact]
    public async Task A_runtime_that_has_ended_explains_nothing()
    {
        var desk = new Desk();
        desk.Dispose();
        var isCalled = false;

        await Assert.ThrowsAsync<ObjectDisposedException>(() => desk.Runtime.ExplainAsync(() =>
        {
            isCalled = true;
            return Task.CompletedTask;
        }));

        Assert.False(isCalled);
    }

    private static PromptDefinition<int> Router(string name) => new(name, "00c0ffee", new UrgencyContract(), new PromptStep(Tier.Fast, [Sample.Haiku]));
}
