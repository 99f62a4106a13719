using PromptGen.Contracts;
using PromptGen.Routing;
using PromptGen.Tests.Execution;

namespace PromptGen.Tests.Routing;

/// <summary>What a prompt costs at most together with the prompts that it calls.</summary>
public sealed class PromptWorstCaseTests
{
    [Fact]
    public void A_prompt_that_calls_none_costs_what_it_states()
    {
        Assert.Equal(0.5m, Define(0.5m).FullWorstCaseUsd);
        Assert.Null(Define(null).FullWorstCaseUsd);
    }

    [Fact]
    public void A_router_counts_once_and_a_judge_for_every_answer()
    {
        var (router, judge) = (Define(0.01m), Define(0.001m));

        // Two steps, each with an answer and two repairs.
        Assert.Equal(0.5m + 0.01m + (6 * 0.001m), Define(0.5m, repairs: 2, () => [router, judge], () => [judge]).FullWorstCaseUsd);
    }

    [Fact]
    public void A_hedge_lets_two_models_of_a_step_answer()
    {
        var judge = Define(0.001m);
        var prompt = new PromptDefinition<string>("Desk.Reply", "00c0ffee", TextContract.Instance, Sample.Fast)
        {
            WorstCaseUsd = 0.5m,
            HedgeAfter = TimeSpan.FromSeconds(1),
            Repairs = 0,
            Children = () => [judge],
            Judges = () => [judge],
        };

        // Two answers of the first step, one of the second, which has one model.
        Assert.Equal(0.5m + (3 * 0.001m), prompt.FullWorstCaseUsd);
    }

    [Fact]
    public void A_judge_that_selects_counts_in_both_orders()
    {
        var judge = Define(0.01m);
        var prompt = new PromptDefinition<string>("Desk.Reply", "00c0ffee", TextContract.Instance, Sample.Fast) { WorstCaseUsd = 0.5m, Children = () => [judge], Selector = () => judge };

        Assert.Equal(0.52m, prompt.FullWorstCaseUsd);
    }

    [Fact]
    public void The_longest_way_through_the_route_counts()
    {
        var judge = Define(0.001m);
        var below = new PromptStep(Tier.SelfHosted, [Sample.Llama]) { Next = Sample.Fast };

        Assert.Equal(0.5m + (3 * 0.001m), Define(0.5m, repairs: 0, () => [judge], () => [judge], below).FullWorstCaseUsd);
    }

    [Fact]
    public void Prompts_that_are_called_count_with_those_that_they_call()
    {
        var judge = Define(0.001m);
        var router = Define(0.01m, repairs: 0, () => [judge], () => [judge]);

        Assert.Equal(0.5m + 0.01m + (2 * 0.001m), Define(0.5m, repairs: 0, () => [router]).FullWorstCaseUsd);
    }

    [Fact]
    public void It_is_not_known_where_one_of_them_is_not_or_they_call_each_other()
    {
        var unpriced = Define(null);
        PromptDefinition? self = null;
        self = Define(0.5m, repairs: 0, () => [self!], () => [self!]);

        Assert.Null(Define(0.5m, repairs: 0, () => [unpriced]).FullWorstCaseUsd);
        Assert.Null(self.FullWorstCaseUsd);
    }

    private static PromptDefinition Define(
        decimal? usd, int repairs = 1, Func<PromptDefinition[]>? children = null, Func<PromptDefinition[]>? judges = null, params PromptStep[] entries) =>
        new PromptDefinition<string>("Desk.Reply", "00c0ffee", TextContract.Instance, Sample.Fast)
        {
            WorstCaseUsd = usd,
            Repairs = repairs,
            Children = children,
            Judges = judges,
            Entries = entries,
        };
}
