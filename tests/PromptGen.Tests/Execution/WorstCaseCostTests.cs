using PromptGen.Catalog;
using PromptGen.Contracts;
using PromptGen.Routing;
using static PromptGen.Tests.Execution.WorstCaseDesk;

namespace PromptGen.Tests.Execution;

/// <summary>The most that a call can cost, as its explanation states it, in millionths of a USD.</summary>
public sealed class WorstCaseCostTests
{
    [Fact]
    public async Task The_input_and_the_longest_answer_are_paid_for()
    {
        var explanation = await ExplainAsync(Define(Only(Mini)));

        var model = Assert.Single(Assert.Single(explanation.Steps).Models);
        Assert.Equal((100, 0.002100m), (model.EstimatedInputTokens, model.MaxUsd));
        Assert.Equal(2_100, Micros(explanation));
    }

    [Theory]
    [InlineData(0, 2_100)]
    [InlineData(1, 5_200)]
    [InlineData(2, 8_300)]
    public async Task A_repair_sends_the_longest_answer_back(int repairs, int expected) =>
        Assert.Equal(expected, Micros(await ExplainAsync(Define(Only(Mini), repairs))));

    [Theory]
    [InlineData(300, 700)]
    [InlineData(5_000, 2_100)]
    public async Task The_lower_output_limit_of_prompt_and_model_counts(int limit, int expected) =>
        Assert.Equal(expected, Micros(await ExplainAsync(Define(Only(Mini), maxOutputTokens: limit))));

    [Fact]
    public async Task Each_step_costs_what_its_most_expensive_model_costs() => Assert.Equal(2_300 + 5_000, Micros(await ExplainAsync(Define(Escalating))));

    [Fact]
    public async Task A_fallback_counts_as_the_models_of_its_step_do() =>
        Assert.Equal(5_000, Micros(await ExplainAsync(Define(new PromptStep(Tier.Fast, [Mini], Sonnet)))));

    [Fact]
    public async Task A_hedge_pays_for_the_two_most_expensive_models()
    {
        Assert.Equal(5_000, Micros(await ExplainAsync(Define(Only(Mini, Haiku, Sonnet)))));
        Assert.Equal(2_300 + 5_000, Micros(await ExplainAsync(Define(Only(Mini, Haiku, Sonnet), hedges: true))));
    }

    [Fact]
    public async Task Each_model_of_an_ensemble_is_paid_for_each_time_and_its_judge_in_both_orders()
    {
        var step = new PromptStep(Tier.Fast, [Mini, Haiku]) { Samples = 3 };

        Assert.Equal(3 * (2_100 + 2_300), Micros(await ExplainAsync(Define(step))));
        Assert.Equal((3 * (2_100 + 2_300)) + (2 * 10_000), Micros(await ExplainAsync(Define(step, selector: Called(0.01m)))));
    }

    [Theory]
    [InlineData(0, false, 7_300 + (2 * 1_000))]
    [InlineData(1, false, 7_300 + 3_800 + 7_000 + (4 * 1_000))]
    [InlineData(0, true, 2_100 + 7_300 + (3 * 1_000))]
    public async Task A_judge_is_paid_for_every_answer(int repairs, bool hedges, int expected) =>
        Assert.Equal(expected, Micros(await ExplainAsync(Define(Escalating, repairs, hedges, judges: [Called(0.001m)]))));

    [Theory]
    [InlineData(null, 2_300 + 15_000)]
    [InlineData(300, 1_500 + 8_000)]
    public async Task A_template_that_names_the_previous_answer_sends_the_longest_one(int? limit, int expected) =>
        Assert.Equal(expected, Micros(await ExplainAsync(Define(Escalating, usesPrevious: true, maxOutputTokens: limit))));

    [Fact]
    public async Task A_stream_that_resumes_pays_for_each_model_behind_all_that_was_delivered()
    {
        // Mini begins. Haiku gets its 1,000 tokens and 120 that ask for the rest, Sonnet the 1,500 of both and 120.
        const int haiku = (3 * (100 + 1_120)) + 2_000;
        const int sonnet = (10 * (100 + 1_620)) + 4_000;

        Assert.Equal(2_100 + haiku + sonnet, Micros(await ExplainStreamAsync(Define(Escalating, resumes: true))));
        Assert.Equal(2_300 + 5_000, Micros(await ExplainStreamAsync(Define(Escalating))));
    }

    [Fact]
    public async Task A_stream_that_resumes_and_is_hedged_pays_once_more_for_the_most_expensive_model_of_a_hedge()
    {
        const int haiku = (3 * (100 + 1_120)) + 2_000;
        const int sonnet = (10 * (100 + 1_620)) + 4_000;

        Assert.Equal(2_100 + haiku + sonnet + 2_300, Micros(await ExplainStreamAsync(Define(Escalating, hedges: true, resumes: true))));
    }

    [Fact]
    public async Task What_was_delivered_takes_as_many_tokens_as_the_next_model_reads_in_it()
    {
        var verbose = new ModelInfo("haiku", "anthropic", Tier.Fast) { InputPrice = 3m, OutputPrice = 4m, MaxOutputTokens = 500, TokenFactor = 2 };
        var explanation = await ExplainStreamAsync(Define(Only(Mini, verbose), resumes: true));

        Assert.Equal([100, 200], explanation.Steps[0].Models.Select(static model => model.EstimatedInputTokens));
        Assert.Equal(2_100 + (3 * (200 + 2_240)) + 2_000, Micros(explanation));
    }

    [Fact]
    public async Task A_model_that_is_not_asked_costs_nothing()
    {
        var off = new ModelInfo("sonnet", "anthropic", Tier.General) { Disabled = true };
        var route = new PromptStep(Tier.Fast, [off, Mini]) { Next = new PromptStep(Tier.General, [off]) };

        Assert.Equal(2_100, Micros(await ExplainAsync(Define(route))));
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task The_cost_is_not_known_without_a_price_or_an_output_limit(bool hasPrice, bool hasLimit)
    {
        decimal? price = hasPrice ? 1m : null;
        var model = new ModelInfo("haiku", "anthropic", Tier.Fast) { InputPrice = price, OutputPrice = price, MaxOutputTokens = hasLimit ? 500 : null };
        var route = new PromptStep(Tier.Fast, [Mini, model]) { Next = new PromptStep(Tier.General, [Sonnet]) };

        Assert.Null((await ExplainAsync(Define(route))).WorstCaseUsd);
        Assert.Null((await ExplainStreamAsync(Define(route, resumes: true))).WorstCaseUsd);
    }

    [Fact]
    public async Task It_is_not_known_either_where_that_of_a_judge_is_not()
    {
        Assert.Null((await ExplainAsync(Define(Only(Mini), judges: [Called(null)]))).WorstCaseUsd);
        Assert.Null((await ExplainAsync(Define(new PromptStep(Tier.Fast, [Mini]) { Samples = 1 }, selector: Called(null)))).WorstCaseUsd);
    }

    [Fact]
    public async Task An_ensemble_is_explained_in_the_order_in_which_its_models_are_declared()
    {
        var step = new PromptStep(Tier.Fast, [Haiku, Mini]) { Samples = 1 };
        var vote = await ExplainAsync(new PromptDefinition<string>("Desk.Reply", "00c0ffee", TextContract.Instance, step) { Order = StepOrder.Cheapest });
        var turns = await ExplainAsync(new PromptDefinition<string>("Desk.Reply", "00c0ffee", TextContract.Instance, Only(Haiku, Mini)) { Order = StepOrder.Cheapest });

        Assert.Equal(["haiku", "mini"], vote.Steps[0].Models.Select(static model => model.ModelId));
        Assert.Equal(["mini", "haiku"], turns.Steps[0].Models.Select(static model => model.ModelId));
    }

    private static int Micros(PromptExplanation explanation) => (int)(explanation.WorstCaseUsd!.Value * 1_000_000m);

    private static PromptDefinition<string> Called(decimal? usd) => new("Desk.Judge", "00c0ffee", TextContract.Instance, Only(Mini)) { WorstCaseUsd = usd };
}
