using PromptGen.Execution;
using PromptGen.Routing;

namespace PromptGen.Tests.Execution;

/// <summary>A method, which may be a prompt, decides where a call enters its route. Its failure does not fail the call; the limits of the call hold for it.</summary>
public sealed class RouterCallTests
{
    private const string Answer = """{"value":3}""";

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(3);

    private static readonly PromptStep Otherwise = new(Tier.Fast, [Sample.Haiku]) { Next = Sample.General };

    private static readonly PromptDefinition<int> OnlyHaiku = Sample.Define(repairs: 0, route: new PromptStep(Tier.Fast, [Sample.Haiku]));

    [Theory]
    [InlineData(1, "sonnet", "level = 1")]
    [InlineData(2, "haiku", "otherwise")]
    public async Task Its_value_decides_by_its_case_or_otherwise(int level, string model, string routedBy)
    {
        using var desk = new Desk();
        desk.Model(model).Answers(Answer);
        using var call = desk.Runtime.Start(Sample.Prompt, CancellationToken.None);

        var result = await call.EnterAsync(await RouteAsync(call, (_, _) => new(level)));

        Assert.Equal(routedBy, result.RoutedBy);
        Assert.Equal($"{model} Initial None", result.Attempts.Line());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_it_throws_makes_the_call_enter_otherwise(bool atOnce)
    {
        using var desk = new Desk();
        desk.Haiku.Answers(Answer);
        using var call = desk.Runtime.Start(Sample.Prompt, CancellationToken.None);
        var bug = new InvalidTimeZoneException();

        var result = await call.EnterAsync(await RouteAsync(call, (_, _) => atOnce ? throw bug : ValueTask.FromException<int>(bug)));

        Assert.Equal("otherwise", result.RoutedBy);
        Assert.Equal("haiku Initial None", result.Attempts.Line());
    }

    [Fact]
    public async Task It_gets_the_state_of_the_caller()
    {
        using var desk = new Desk();
        using var call = desk.Runtime.Start(Sample.Prompt, CancellationToken.None);

        var entry = await call.RouteByAsync(new RouteEntry(Sample.Fast), "state", static (state, _) => new ValueTask<int>(state == "state" ? 1 : 2), Cases, Otherwise);

        Assert.Equal("level = 1", entry.RoutedBy);
    }

    [Fact]
    public async Task A_prompt_that_decides_is_in_the_ledger_as_a_router()
    {
        using var desk = new Desk();
        desk.Haiku.Answers("""{"value":1}""", inputTokens: 1_000, outputTokens: 0);
        desk.Sonnet.Answers(Answer, inputTokens: 0, outputTokens: 100);
        using var call = desk.Runtime.Start(Sample.Prompt, CancellationToken.None);

        var result = await call.EnterAsync(await RouteAsync(call, async (_, token) => (await desk.AskAsync(OnlyHaiku, cancellationToken: token)).Value));

        Assert.Equal("haiku Route None, sonnet Initial None", result.Attempts.Line());
        Assert.Equal(new PromptCost(0.007m, true), result.Cost);
    }

    [Fact]
    public async Task The_budget_of_the_call_holds_for_a_prompt_that_decides()
    {
        using var desk = new Desk();
        desk.Haiku.Answers("""{"value":1}""");
        using var call = desk.Runtime.Start(Sample.Define(maxUsd: 0.000_001m), CancellationToken.None);
        PromptException? refused = null;

        var entry = await RouteAsync(call, async (_, _) =>
        {
            refused = await desk.FailAsync(OnlyHaiku);
            throw refused;
        });

        Assert.Equal(PromptErrorCode.BudgetExceeded, refused?.Code);
        Assert.Null(call.Enter(entry));
        Assert.Equal(PromptErrorCode.BudgetExceeded, call.Exhausted().Code);
        Assert.Empty(desk.Haiku.Requests);
    }

    [Fact]
    public async Task The_deadline_of_the_call_ends_one_that_ignores_its_token()
    {
        using var desk = new Desk();
        using var call = desk.Runtime.Start(Sample.Define(deadline: Deadline), CancellationToken.None);

        var entry = RouteAsync(call, static (_, _) => new(new TaskCompletionSource<int>().Task)).AsTask();
        Assert.Equal(Deadline, await desk.Clock.WaitForTimerAsync(TimeSpan.Zero));
        desk.Clock.Advance(Deadline);

        Assert.Null(call.Enter(await entry));
        Assert.Equal(PromptErrorCode.DeadlineExceeded, call.Exhausted().Code);
    }

    [Fact]
    public async Task Its_token_ends_with_the_deadline_of_the_call()
    {
        using var desk = new Desk();
        using var call = desk.Runtime.Start(Sample.Define(deadline: Deadline), CancellationToken.None);
        var isCancelled = new List<bool>();

        await RouteAsync(call, (_, token) =>
        {
            isCancelled.Add(token.IsCancellationRequested);
            desk.Clock.Advance(Deadline);
            isCancelled.Add(token.IsCancellationRequested);
            return new(1);
        });

        Assert.Equal([false, true], isCancelled);
    }

    [Fact]
    public async Task The_caller_can_cancel_it()
    {
        using var desk = new Desk();
        using var cancellation = new CancellationTokenSource();
        using var call = desk.Runtime.Start(Sample.Prompt, cancellation.Token);

        var error = await Assert.ThrowsAsync<OperationCanceledException>(async () => await RouteAsync(call, (_, _) =>
        {
            cancellation.Cancel();
            throw new InvalidTimeZoneException();
        }));

        Assert.Equal(cancellation.Token, error.CancellationToken);
        Assert.Equal("Desk.Urgency was cancelled.", error.Message);
        Assert.Equal(PromptErrorCode.Cancelled, Assert.IsType<PromptException>(error.InnerException).Code);
    }

    private static ValueTask<RouteEntry> RouteAsync(PromptCall<int> call, Func<int, CancellationToken, ValueTask<int>> source) =>
        call.RouteByAsync(new RouteEntry(Sample.Fast), 0, source, Cases, Otherwise);

    private static bool Cases(int value, ref RouteEntry entry)
    {
        if (value == 1)
        {
            entry.By(Sample.General, "level = 1");
        }

        return value == 1;
    }
}
