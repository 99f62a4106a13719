using PromptGen.Catalog;
using PromptGen.Contracts;
using PromptGen.Routing;
using static PromptGen.Tests.Execution.WorstCaseDesk;

namespace PromptGen.Tests.Execution;

/// <summary>The longest that a call can take, as its explanation states it, in seconds.</summary>
public sealed class WorstCaseTimeTests
{
    [Theory]
    [InlineData(0, 5 + 7 + 11)]
    [InlineData(2, 3 * (5 + 7 + 11))]
    public async Task All_models_take_their_time_in_turn_for_every_request(int repairs, double expected) =>
        Assert.Equal(expected, await SecondsAsync(Define(Escalating, repairs)));

    [Theory]
    [InlineData(0, 0.5, 5)]
    [InlineData(1, 0.5, 10 + 5.5)]
    [InlineData(2, 0.5, 15 + 5.5 + 5.5)]
    [InlineData(1, 4, 10 + 6)]
    [InlineData(3, 2, 20 + 5.5 + 6 + 12)]
    public async Task Before_each_retry_comes_the_longest_wait_of_the_provider_or_of_the_program(int retries, double delay, double expected)
    {
        using var desk = new Desk(builder => (builder.Resilience.MaxRetries, builder.Resilience.RetryDelay) = (retries, TimeSpan.FromSeconds(delay)));

        Assert.Equal(expected, (await desk.ExplainAsync(Define(Only(Mini)))).WorstCaseDuration!.Value.TotalSeconds);
    }

    [Theory]
    [InlineData(20, 20)]
    [InlineData(23, 23)]
    [InlineData(60, 23)]
    public async Task The_deadline_ends_the_call(double deadline, double expected) => Assert.Equal(expected, await SecondsAsync(Define(Escalating, deadline: deadline)));

    [Fact]
    public async Task Nothing_limits_the_time_of_a_stream_without_a_deadline() => Assert.Null((await ExplainStreamAsync(Define(Escalating))).WorstCaseDuration);

    [Fact]
    public async Task A_stream_ends_with_its_deadline() =>
        Assert.Equal(TimeSpan.FromSeconds(60), (await ExplainStreamAsync(Define(Escalating, deadline: 60))).WorstCaseDuration);

    [Fact]
    public async Task Every_answer_is_judged_by_all_judges() => Assert.Equal(2 * (5 + 2 + 4), await SecondsAsync(Define(Only(Mini), repairs: 1, judges: [Called(2), Called(4)])));

    [Fact]
    public async Task An_ensemble_asks_each_of_its_models_in_turn_and_its_judge_in_both_orders()
    {
        var step = new PromptStep(Tier.Fast, [Mini, Haiku]) { Samples = 3 };

        Assert.Equal((3 * (5 + 7)) + (2 * 4), await SecondsAsync(Define(step, selector: Called(4))));
    }

    [Fact]
    public async Task A_judge_takes_the_time_of_the_judges_of_its_own_answers() =>
        Assert.Equal(5 + (2 * (2 + 3 + 1)), await SecondsAsync(Define(Only(Mini), judges: [Called(2, repairs: 1, judges: [Called(3), Called(1)])])));

    [Fact]
    public async Task A_judge_takes_the_time_of_its_routers_once_and_of_what_selects_in_both_orders()
    {
        var (checks, selects) = (Called(0.5), Called(4));
        var judge = Called(2, judges: [checks], children: [Called(3), Called(1), selects, checks], selector: selects);

        Assert.Equal(5 + (3 + 1 + (2 * 4)) + (2 + 0.5), await SecondsAsync(Define(Only(Mini), judges: [judge])));
    }

    [Theory]
    [InlineData(null, 2 + 3 + 4)]
    [InlineData(0.5, 2 + 3 + 4)]
    [InlineData(20d, 20)]
    public async Task Of_the_paths_of_a_judge_the_longest_one_counts(double? entry, double expected)
    {
        var route = new PromptStep(Tier.Fast, [Takes(2)], Takes(3)) { Next = Only(Takes(4)) };
        var judge = new PromptDefinition<string>("Desk.Judge", "00c0ffee", TextContract.Instance, route)
        {
            Repairs = 0,
            Entries = entry is { } seconds ? [Only(Takes(seconds))] : [],
        };

        Assert.Equal(5 + expected, await SecondsAsync(Define(Only(Mini), judges: [judge])));
    }

    [Theory]
    [InlineData(1d, 1)]
    [InlineData(2.5, 2)]
    public async Task A_judge_takes_no_longer_than_its_deadline(double deadline, double expected) =>
        Assert.Equal(5 + expected, await SecondsAsync(Define(Only(Mini), judges: [Called(2, deadline: deadline)])));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Prompts_inside_one_another_have_a_time_down_to_the_deepest_level(bool byJudges)
    {
        Assert.Equal(5 + 16, await SecondsAsync(Define(Only(Mini), judges: [Nested(16, byJudges)])));
        Assert.Null((await ExplainAsync(Define(Only(Mini), judges: [Nested(17, byJudges)]))).WorstCaseDuration);
    }

    [Fact]
    public async Task A_prompt_that_decides_where_the_call_enters_adds_its_time_and_cost()
    {
        using var desk = Open();
        var router = Define(Only(Haiku));

        var explanation = await RouteAsync(desk, Define(Escalating), router);

        Assert.Equal((0.007300m + 0.002300m, TimeSpan.FromSeconds(23 + 7)), (explanation.WorstCaseUsd!.Value, explanation.WorstCaseDuration!.Value));
        var asked = Assert.Single(explanation.Routers);
        Assert.Equal((0.002300m, TimeSpan.FromSeconds(7)), (asked.WorstCaseUsd!.Value, asked.WorstCaseDuration!.Value));
        Assert.Equal("otherwise", explanation.RoutedBy);
    }

    [Fact]
    public async Task Nothing_limits_a_call_whose_router_is_not_limited()
    {
        using var desk = Open();
        var router = Define(Only(Haiku), judges: [Nested(17, byJudges: true)]);

        Assert.Null((await RouteAsync(desk, Define(Escalating), router)).WorstCaseDuration);
        Assert.Equal(TimeSpan.FromSeconds(90), (await RouteAsync(desk, Define(Escalating, deadline: 90), router)).WorstCaseDuration);
    }

    private static Task<PromptExplanation> RouteAsync(Desk desk, PromptDefinition<string> prompt, PromptDefinition<string> router) => desk.Runtime.ExplainAsync(async () =>
    {
        using var call = desk.Runtime.Start(prompt, CancellationToken.None);
        var first = prompt.Route[0];
        var entry = await call.RouteByAsync(
            new RouteEntry(first),
            0,
            async (_, token) =>
            {
                using var routing = desk.Runtime.Start(router, token);
                await routing.TryAsync(router.Route[0], default(HundredTokens));
                return routing.Value;
            },
            static (string _, ref RouteEntry _) => false,
            first);
        await call.TryAsync(call.Enter(entry)!, default(HundredTokens));
    });

    private static async Task<double> SecondsAsync(PromptDefinition<string> prompt) => (await ExplainAsync(prompt)).WorstCaseDuration!.Value.TotalSeconds;

    /// <summary>Prompts inside one another that take a second each.</summary>
    private static PromptDefinition<string> Nested(int levels, bool byJudges)
    {
        PromptDefinition[]? inner = levels > 1 ? [Nested(levels - 1, byJudges)] : null;
        return Called(1, judges: byJudges ? inner : null, children: inner);
    }

    private static ModelInfo Takes(double seconds) => new("mini", "openai", Tier.Fast) { Timeout = TimeSpan.FromSeconds(seconds) };

    private static PromptDefinition<string> Called(
        double seconds, int repairs = 0, PromptDefinition[]? judges = null, PromptDefinition[]? children = null, PromptDefinition? selector = null, double? deadline = null) =>
        new("Desk.Judge", "00c0ffee", TextContract.Instance, Only(Takes(seconds)))
        {
            Repairs = repairs,
            Deadline = deadline is { } most ? TimeSpan.FromSeconds(most) : null,
            Judges = judges is null ? null : () => judges,
            Children = children is null && judges is null ? null : () => children ?? judges!,
            Selector = selector is null ? null : () => selector,
        };
}
