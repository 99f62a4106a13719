using Microsoft.Extensions.AI;
using PromptGen.Budgets;
using PromptGen.Catalog;
using PromptGen.Tests.Execution;

namespace PromptGen.Tests.Budgets;

public class CostTests
{
    private static readonly ModelInfo Priced = new("m", "p", Tier.Fast) { InputPrice = 3m, OutputPrice = 15m, CachedInputPrice = 0.3m };

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
    public async Task An_id_that_the_catalog_does_not_know_is_priced_as_the_model_asked(string answeredBy, string usd)
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

    private static PromptCost Of(UsageDetails? usage, ModelInfo model) => CostCalculator.Of(CheckedUsage.Of(usage, model, model), model);
}
