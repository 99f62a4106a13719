using PromptGen.Contracts;
using PromptGen.Execution;
using PromptGen.Routing;
using PromptGen.Tests.Caching;

namespace PromptGen.Tests.Execution;

/// <summary>How long a substitute may take, what its error says of that, and which limits hold for the prompts inside it.</summary>
public sealed class SubstituteTimeTests
{
    [Fact]
    public async Task A_day_is_the_longest_time()
    {
        using var desk = new Desk();
        using var call = await ExhaustAsync(desk);

        Assert.Equal(1, await call.SubstituteAsync(0, static (_, _) => new ValueTask<int>(1), 86_400));
        var error = await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await call.SubstituteAsync(0, static (_, _) => new ValueTask<int>(1), 86_400.5));

        Assert.Equal("seconds", error.ParamName);
        Assert.StartsWith("A substitute may take more than 0 and at most 86,400 seconds.", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(5, "The [Fallback] method took longer than 5 s.")]
    [InlineData(0.5, "The [Fallback] method took longer than 0.5 s.")]
    public async Task The_error_of_one_that_takes_longer_names_the_time(double seconds, string message)
    {
        using var desk = new Desk();
        using var call = await ExhaustAsync(desk);

        var answer = call.SubstituteAsync(new TaskCompletionSource<int>(), static (never, _) => new ValueTask<int>(never.Task), seconds).AsTask();
        desk.Clock.Advance(TimeSpan.FromSeconds(seconds));

        var error = await Assert.ThrowsAsync<PromptException>(() => answer);
        Assert.Equal(message, Assert.IsType<TimeoutException>(error.InnerException).Message);
    }

    [Fact]
    public async Task The_budget_of_the_call_does_not_hold_for_a_prompt_that_a_streamed_substitute_calls()
    {
        using var desk = new Desk();
        desk.Haiku.Answers("""{"value":3}""");
        var prompt = new PromptDefinition<string>("Desk.Reply", "00c0ffee", TextContract.Instance, CachedCalls.OnlyMini) { Repairs = 0, MaxUsd = 0.000_001m };
        await using var call = desk.Runtime.Stream(prompt, CancellationToken.None);
        Assert.False(await call.TryAsync(prompt.Route[0], new UrgencyTemplate(Sample.Ticket)));

        Assert.Equal(["3"], await call.Substitute(desk, static (desk, _) => AskHaikuAsync(desk)).ToListAsync());

        Assert.Equal(PromptErrorCode.BudgetExceeded, call.Exhausted().Code);
    }

    private static async Task<PromptCall<int>> ExhaustAsync(Desk desk)
    {
        desk.Mini.Fails(new ProviderException(PromptErrorCode.Auth));
        var call = desk.Runtime.Start(Sample.Define(route: CachedCalls.OnlyMini), CancellationToken.None);
        Assert.False(await call.TryAsync(CachedCalls.OnlyMini, new UrgencyTemplate(Sample.Ticket)));
        return call;
    }

    private static async IAsyncEnumerable<string> AskHaikuAsync(Desk desk)
    {
        var result = await desk.AskAsync(Sample.Define(route: new PromptStep(Tier.Fast, [Sample.Haiku])));
        yield return $"{result.Value}";
    }
}
