using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using PromptGen.Budgets;
using PromptGen.Catalog;
using PromptGen.Routing;
using PromptGen.Tests.Execution;

namespace PromptGen.Tests.Budgets;

public class CostTests
{
    private static readonly ModelInfo Priced = new("m", "p", Tier.Fast) { InputPrice = 3m, OutputPrice = 15m, CachedInputPrice = 0.3m };

    private static readonly ModelInfo Long = new("m", "p", Tier.Fast)
    {
        InputPrice = 3m,
        OutputPrice = 15m,
        CachedInputPrice = 0.3m,
        LongContextFrom = 200_000,
        LongContextInputPrice = 6m,
        LongContextOutputPrice = 24m,
    };

    [Theory]
    [InlineData(1_000, 100, null, "0.0045")]
    [InlineData(1_000, 100, 400L, "0.00342")]
    [InlineData(1_000, 100, 5_000L, "0.0018", false)]
    [InlineData(-5, -5, -5L, "0", false)]
    [InlineData(-5, 100, null, "0.0015", false)]
    [InlineData(long.MaxValue, 100, 100L, "0.0015", false)]
    [InlineData(1_000, long.MaxValue, null, "0.003", false)]
    [InlineData(10_000_000, 10_000_000, 0L, "180")]
    [InlineData(10_000_001, 10_000_001, 0L, "0", false)]
    public void Input_read_from_the_cache_has_its_own_price_and_what_cannot_be_is_not_charged(long input, long output, long? cached, string usd, bool isComplete = true)
    {
        var cost = Of(new UsageDetails { InputTokenCount = input, OutputTokenCount = output, CachedInputTokenCount = cached }, Priced);

        Assert.Equal(new PromptCost(decimal.Parse(usd, System.Globalization.CultureInfo.InvariantCulture), isComplete), cost);
    }

    [Fact]
    public void Cached_input_without_a_price_of_its_own_is_charged_as_input()
    {
        var cost = Of(new UsageDetails { InputTokenCount = 1_000, OutputTokenCount = 0, CachedInputTokenCount = 400 }, Sample.Haiku);

        Assert.Equal(new PromptCost(0.003m, true), cost);
    }

    [Fact]
    public void Input_is_read_from_the_cache_or_written_to_it_and_not_both()
    {
        var details = new UsageDetails { InputTokenCount = 1_000, OutputTokenCount = 0, CachedInputTokenCount = 800, AdditionalCounts = new() { ["CacheCreationInputTokens"] = 500 } };

        var cost = CostCalculator.Of(new CheckedUsage(details, IsImplausible: false, KnowsInput: true, KnowsOutput: true), Priced);

        Assert.Equal(new PromptCost(((800 * 0.3m) + (200 * 3m * 1.25m)) / 1_000_000m, true), cost);
    }

    [Fact]
    public void Long_input_without_a_price_of_its_own_is_charged_as_any_other()
    {
        var model = new ModelInfo("m", "p", Tier.Fast) { InputPrice = 3m, OutputPrice = 15m, LongContextFrom = 200_000, LongContextOutputPrice = 24m };

        Assert.Equal(new PromptCost(0.924m, true), Of(new UsageDetails { InputTokenCount = 300_000, OutputTokenCount = 1_000 }, model));
    }

    [Fact]
    public void Input_written_to_the_cache_costs_a_quarter_more()
    {
        var usage = new UsageDetails
        {
            InputTokenCount = 1_000,
            OutputTokenCount = 0,
            CachedInputTokenCount = 100,
            AdditionalCounts = new() { ["CacheCreationInputTokens"] = 400 },
        };

        var impossible = new UsageDetails
        {
            InputTokenCount = 1_000,
            OutputTokenCount = 0,
            CachedInputTokenCount = 800,
            AdditionalCounts = new() { ["CacheCreationInputTokens"] = 5_000 },
        };

        Assert.Equal(new PromptCost(((800 * 0.3m) + (200 * 3.75m)) / 1_000_000m, false), Of(impossible, Priced));
        Assert.Equal(new PromptCost(((500 * 3m) + (100 * 0.3m) + (400 * 3.75m)) / 1_000_000m, true), Of(usage, Priced));
    }

    [Theory]
    [InlineData("0", "0.00153")]
    [InlineData("3", "0.00273")]
    [InlineData("4.5", "0.00333")]
    public void Input_written_to_the_cache_has_the_price_of_the_catalog(string price, string usd)
    {
        var model = new ModelInfo("m", "p", Tier.Fast) { InputPrice = 3m, OutputPrice = 15m, CachedInputPrice = 0.3m, CacheWritePrice = Decimal(price) };
        var usage = new UsageDetails
        {
            InputTokenCount = 1_000,
            OutputTokenCount = 0,
            CachedInputTokenCount = 100,
            AdditionalCounts = new() { ["CacheCreationInputTokens"] = 400 },
        };

        Assert.Equal(new PromptCost(Decimal(usd), true), Of(usage, model));
    }

    [Theory]
    [InlineData(200_000, "0.675")]
    [InlineData(200_001, "1.344006")]
    public void A_request_above_the_threshold_has_the_long_context_prices_for_all_of_its_tokens(int input, string usd)
    {
        var usage = new UsageDetails
        {
            InputTokenCount = input,
            OutputTokenCount = 1_000,
            CachedInputTokenCount = 0,
            AdditionalCounts = new() { ["CacheCreationInputTokens"] = 80_000 },
        };

        // A quarter more for what is written, since no price is declared: it rises with that of the input.
        Assert.Equal(new PromptCost(Decimal(usd), true), Of(usage, Long));
    }

    [Theory]
    [InlineData(200_000, "0.06")]
    [InlineData(300_000, "0.18")]
    public void The_prices_of_cached_input_rise_as_much_as_that_of_input(int input, string usd)
    {
        var usage = new UsageDetails { InputTokenCount = input, OutputTokenCount = 0, CachedInputTokenCount = input };

        Assert.Equal(new PromptCost(Decimal(usd), true), Of(usage, Long));
    }

    [Fact]
    public void A_long_context_price_that_is_not_set_is_the_one_below_the_threshold()
    {
        var inputOnly = new ModelInfo("m", "p", Tier.Fast) { InputPrice = 3m, OutputPrice = 15m, LongContextFrom = 1_000, LongContextInputPrice = 6m };
        var absurd = new ModelInfo("m", "p", Tier.Fast) { InputPrice = 0.0000000000000000000000000001m, OutputPrice = 0m, CachedInputPrice = 1m, LongContextFrom = 1, LongContextInputPrice = 1_000_000m };

        Assert.Equal(new PromptCost(0.027m, true), Of(new UsageDetails { InputTokenCount = 2_000, OutputTokenCount = 1_000 }, inputOnly));
        Assert.Equal(new PromptCost(1m, true), Of(new UsageDetails { InputTokenCount = 1_000_000, OutputTokenCount = 0, CachedInputTokenCount = 1_000_000 }, absurd));
    }

    [Fact]
    public void What_is_not_known_is_never_free()
    {
        var usage = new UsageDetails { InputTokenCount = 1_000, OutputTokenCount = 100 };

        Assert.Equal(PromptCost.Unknown, Of(null, Priced));
        Assert.Equal(PromptCost.Unknown, Of(new UsageDetails(), Priced));
        Assert.Equal(PromptCost.Unknown, Of(usage, Sample.Llama));
        Assert.Equal(new PromptCost(0.003m, false), Of(usage, new ModelInfo("m", "p", Tier.Fast) { InputPrice = 3m }));
        Assert.Equal(new PromptCost(0.003m, false), Of(new UsageDetails { InputTokenCount = 1_000 }, Priced));
    }

    [Fact]
    public void What_is_free_needs_no_price()
    {
        var outputOnly = new ModelInfo("m", "p", Tier.Fast) { OutputPrice = 2m };

        Assert.Equal(new PromptCost(0.0002m, true), Of(new UsageDetails { InputTokenCount = 0, OutputTokenCount = 100 }, outputOnly));
        Assert.Equal(new PromptCost(0m, true), Of(new UsageDetails { InputTokenCount = 0, OutputTokenCount = 0 }, Sample.Llama));
        Assert.Equal(new PromptCost(0.0002m, false), Of(new UsageDetails { OutputTokenCount = 100 }, outputOnly));
    }

    [Fact]
    public void An_estimate_needs_both_prices()
    {
        Assert.Equal(0.0045m, CostCalculator.Estimate(1_000, 100, Priced));
        Assert.Null(CostCalculator.Estimate(1_000, 100, new ModelInfo("m", "p", Tier.Fast) { InputPrice = 3m }));
        Assert.Null(CostCalculator.Estimate(1_000, 100, new ModelInfo("m", "p", Tier.Fast) { OutputPrice = 3m }));
    }

    [Fact]
    public void An_estimate_is_the_most_that_a_request_can_cost()
    {
        var written = new ModelInfo("m", "p", Tier.Fast) { InputPrice = 3m, OutputPrice = 15m, CacheWritePrice = 4m, LongContextFrom = 1_000, LongContextInputPrice = 6m };
        var free = new ModelInfo("m", "p", Tier.Fast) { InputPrice = 3m, OutputPrice = 15m, CacheWritePrice = 0m };

        Assert.Equal(0.0055m, CostCalculator.Estimate(1_000, 100, written));
        Assert.Equal(0.0175m, CostCalculator.Estimate(2_000, 100, written));
        Assert.Equal(0.0045m, CostCalculator.Estimate(1_000, 100, free));
        Assert.Equal(1.824m, CostCalculator.Estimate(300_000, 1_000, Long));
    }

    [Fact]
    public async Task A_reservation_counts_the_long_context_prices()
    {
        using var desk = new Desk(builder => builder.UseConfiguration(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Models:mini:LongContextFrom"] = "1",
            ["Models:mini:LongContextInputPrice"] = "1000000",
        }).Build()));

        var error = await desk.FailAsync(Sample.Define(maxUsd: 0.5m, route: new PromptStep(Tier.Fast, [Sample.Mini])));

        Assert.Equal(PromptErrorCode.BudgetExceeded, error.Code);
        Assert.Empty(desk.Mini.Requests);
    }

    [Fact]
    public async Task The_model_that_says_it_answered_sets_the_price()
    {
        using var desk = new Desk();
        desk.Runtime.Require(Sample.Prompt);
        desk.Mini.Answers("""{"value":3}""", 1_000, 0, modelId: "sonnet");

        var result = await desk.AskAsync();

        Assert.Equal(new PromptCost(0.03m, true), result.Cost);
        Assert.Equal("mini", result.Attempts[0].ModelId);
        Assert.Equal("sonnet", result.Attempts[0].ResponseModelId);
    }

    [Theory]
    [InlineData("haiku", "0.003")]
    [InlineData("mini-2026-01-01", "0.001")]
    public async Task An_id_that_is_not_in_the_catalog_is_priced_as_the_model_asked(string answeredBy, string usd)
    {
        using var desk = new Desk();
        desk.Mini.Answers("""{"value":3}""", 1_000, 0, modelId: answeredBy);

        var result = await desk.AskAsync();

        Assert.Equal(decimal.Parse(usd, System.Globalization.CultureInfo.InvariantCulture), result.Cost.Usd);
    }

    [Fact]
    public async Task An_answer_without_usage_makes_the_cost_incomplete()
    {
        using var desk = new Desk();
        desk.Mini.Answers("no").Answers("""{"value":3}""", 1_000, 0);

        var result = await desk.AskAsync();

        Assert.Equal(new PromptCost(0.001m, false), result.Cost);
    }

    private static decimal Decimal(string text) => decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static PromptCost Of(UsageDetails? usage, ModelInfo model) => CostCalculator.Of(CheckedUsage.Of(usage, model, model), model);
}
