using Microsoft.Extensions.AI;
using PromptGen.Budgets;
using PromptGen.Catalog;
using PromptGen.Execution;
using PromptGen.Routing;
using PromptGen.Tests.Telemetry;
using PromptGen.Tests.Execution;

namespace PromptGen.Tests.Budgets;

/// <summary>Tokens that a client reports and that cannot be. Mini has a window of 8,000 tokens and answers with at most 1,000.</summary>
[Collection(TelemetryCollection.Name)]
public class UsageTests
{
    private static readonly PromptDefinition<int> OnlyMini = Sample.Define(repairs: 0, route: new PromptStep(Tier.Fast, [Sample.Mini]));

    public static TheoryData<UsageDetails, UsageDetails> Impossible => new()
    {
        { Usage(long.MaxValue, 1), Usage(8_000, 1) },
        { Usage(1, long.MaxValue), Usage(1, 1_000) },
        { Usage(8_001, 1), Usage(8_000, 1) },
        { Usage(1, 1_001), Usage(1, 1_000) },
        { Usage(-1, 1), Usage(0, 1) },
        { Usage(1, long.MinValue), Usage(1, 0) },
        { Usage(10, 1, cached: 11), Usage(10, 1, cached: 10) },
        { Usage(10, 1, cached: -1), Usage(10, 1, cached: 0) },
        { Usage(10, 5, reasoning: 6), Usage(10, 5, reasoning: 5) },
        { Usage(10, 5, total: -1), Usage(10, 5, total: 15) },
        { Usage(10, 5, total: 9_001), Usage(10, 5, total: 15) },
        { Usage(10, 5, cached: 8, written: 3), Usage(10, 5, cached: 8, written: 2) },
        { Usage(10, 5, written: -3), Usage(10, 5, written: 0) },
    };

    [Theory]
    [MemberData(nameof(Impossible))]
    public void What_cannot_be_becomes_the_nearest_number_that_can(UsageDetails reported, UsageDetails possible)
    {
        var usage = CheckedUsage.Of(reported, Sample.Mini, Sample.Mini);

        Assert.True(usage.IsImplausible);
        Assert.Equal(Counts(possible), Counts(usage.Details!));
        Assert.False(CostCalculator.Of(usage, Sample.Mini).IsComplete);
    }

    [Fact]
    public void What_can_be_is_left_as_it_is()
    {
        var reported = Usage(8_000, 1_000, cached: 5_000, written: 3_000, reasoning: 1_000, total: 9_000);
        reported.AdditionalCounts!["load_duration"] = 123_456_789_012;

        Assert.Equal(new CheckedUsage(reported, false, true, true), CheckedUsage.Of(reported, Sample.Mini, Sample.Mini));
        Assert.Equal(default, CheckedUsage.Of(null, Sample.Mini, Sample.Mini));
    }

    [Fact]
    public void A_number_that_can_be_is_charged_beside_one_that_cannot()
    {
        Assert.Equal((true, false), Charged(Usage(8_000, 1_001)));
        Assert.Equal((false, true), Charged(Usage(8_001, 1_000)));

        static (bool Input, bool Output) Charged(UsageDetails reported) =>
            CheckedUsage.Of(reported, Sample.Mini, Sample.Mini) is var usage ? (usage.KnowsInput, usage.KnowsOutput) : default;
    }

    [Fact]
    public void A_model_that_replaces_another_one_may_have_larger_limits()
    {
        Assert.False(CheckedUsage.Of(Usage(100_000, 2_000), Sample.Mini, Sample.Sonnet).IsImplausible);
        Assert.False(CheckedUsage.Of(Usage(100_000, 2_000), Sample.Sonnet, Sample.Mini).IsImplausible);
    }

    [Fact]
    public void Where_the_catalog_has_no_limits_ten_million_tokens_are_possible_and_the_output_fits_into_the_window()
    {
        var windowOnly = new ModelInfo("m", "p", Tier.Fast) { ContextWindow = 500 };

        Assert.False(CheckedUsage.Of(Usage(10_000_000, 10_000_000), Sample.Llama, Sample.Llama).IsImplausible);
        Assert.True(CheckedUsage.Of(Usage(10_000_001, 1), Sample.Llama, Sample.Llama).IsImplausible);
        Assert.False(CheckedUsage.Of(Usage(500, 500), windowOnly, windowOnly).IsImplausible);
        Assert.True(CheckedUsage.Of(Usage(1, 501), windowOnly, windowOnly).IsImplausible);
    }

    [Fact]
    public async Task Impossible_usage_of_any_client_leaves_a_budget_alive_and_is_not_reported_as_tokens()
    {
        using var probe = new TelemetryProbe();
        using var desk = new Desk(static builder => builder.AddBudget("team", 1m, BudgetPeriod.Day));
        desk.Mini.Answers(Good(Usage(long.MaxValue, long.MaxValue))).Answers(Good(Usage(1_000, 0)));

        var first = await desk.AskAsync(OnlyMini);
        var second = await desk.AskAsync(OnlyMini);

        Assert.True(first.Attempts[0].IsUsageImplausible);
        Assert.Equal(new PromptCost(0m, IsComplete: false), first.Cost);
        Assert.False(second.Attempts[0].IsUsageImplausible);
        Assert.Equal(new PromptCost(0.001m, IsComplete: true), second.Cost);
        Assert.Equal(["1000", "0"], probe.Of("gen_ai.client.token.usage").Select(static line => line.Split(' ')[0]));
        Assert.Equal(true, probe.Attempts[0].GetTagItem("promptgen.usage.implausible"));
        Assert.Null(probe.Attempts[0].GetTagItem("gen_ai.usage.input_tokens"));
        Assert.Null(probe.Attempts[1].GetTagItem("promptgen.usage.implausible"));
    }

    [Fact]
    public async Task Of_impossible_usage_a_budget_counts_what_was_reserved()
    {
        using var desk = new Budgets.BudgetDesk(static builder => builder.AddBudget("team", 1m, BudgetPeriod.Day));
        var reserved = 0m;
        desk.Mini.Then(async (_, _) =>
        {
            reserved = (await desk.BalanceAsync("team", BudgetPeriod.Day)).ReservedUsd;
            return Good(Usage(long.MaxValue, 0));
        });

        await desk.AskAsync(OnlyMini);

        Assert.InRange(reserved, 0.000001m, 0.01m);
        Assert.Equal(new BudgetBalance(reserved, 0m), await desk.BalanceAsync("team", BudgetPeriod.Day));
    }

    [Fact]
    public void A_negative_number_in_a_stream_is_not_hidden_by_a_later_one()
    {
        var answer = new StreamedAnswer();
        foreach (var tokens in new long[] { 5, -5, 7 })
        {
            answer.Add(new ChatResponseUpdate(ChatRole.Assistant, [new UsageContent(Usage(tokens, tokens))]));
        }

        Assert.True(CheckedUsage.Of(answer.Response!.Usage, Sample.Mini, Sample.Mini).IsImplausible);
    }

    private static UsageDetails Usage(long input, long output, long? cached = null, long? written = null, long? reasoning = null, long? total = null) => new()
    {
        InputTokenCount = input,
        OutputTokenCount = output,
        CachedInputTokenCount = cached,
        ReasoningTokenCount = reasoning,
        TotalTokenCount = total,
        AdditionalCounts = written is { } tokens ? new() { ["CacheCreationInputTokens"] = tokens } : null,
    };

    private static (long?, long?, long?, long?, long?, long?) Counts(UsageDetails usage) => (
        usage.InputTokenCount, usage.OutputTokenCount, usage.CachedInputTokenCount, usage.ReasoningTokenCount, usage.TotalTokenCount,
        usage.AdditionalCounts?["CacheCreationInputTokens"]);

    private static ChatResponse Good(UsageDetails usage) =>
        new(new ChatMessage(ChatRole.Assistant, """{"value":3}""")) { FinishReason = ChatFinishReason.Stop, Usage = usage };
}
