namespace PromptGen.Tests.Execution;

public class CircuitTests
{
    private static readonly TimeSpan Break = TimeSpan.FromSeconds(15);

    [Fact]
    public async Task A_model_that_keeps_failing_is_left_alone()
    {
        using var desk = await BrokenAsync();
        var asked = desk.Mini.Requests.Count;

        var result = await desk.AskAsync();

        Assert.Equal(asked, desk.Mini.Requests.Count);
        Assert.Equal("haiku Fallback None", result.Attempts.Line());
    }

    [Fact]
    public async Task The_model_is_back_after_one_good_probe()
    {
        using var desk = await BrokenAsync();
        desk.Mini.Answers("""{"value":1}""").Answers("""{"value":2}""");
        desk.Clock.Advance(Break);

        Assert.Equal("mini Initial None", (await desk.AskAsync()).Attempts.Line());
        Assert.Equal("mini Initial None", (await desk.AskAsync()).Attempts.Line());
    }

    [Fact]
    public async Task A_failed_probe_leaves_it_alone_for_as_long_again()
    {
        using var desk = await BrokenAsync();
        desk.Mini.Fails(new ProviderException(PromptErrorCode.Overloaded));
        desk.Clock.Advance(Break);

        Assert.Equal("mini Initial Overloaded, haiku Fallback None", (await desk.WaitOutAsync(desk.AskAsync())).Attempts.Line());
        Assert.Equal("haiku Fallback None", (await desk.AskAsync()).Attempts.Line());
    }

    [Fact]
    public async Task A_probe_that_its_caller_cancels_does_not_count_as_good()
    {
        using var desk = await BrokenAsync();
        desk.Mini.Hangs();
        desk.Clock.Advance(Break);
        using var cancellation = new CancellationTokenSource();
        var asked = desk.Mini.Requests.Count;

        var probe = desk.AskAsync(cancellationToken: cancellation.Token);
        await desk.Mini.WaitForRequestAsync(asked + 1);
        await cancellation.CancelAsync();
        await Assert.ThrowsAsync<OperationCanceledException>(() => probe);

        Assert.Equal("haiku Fallback None", (await desk.AskAsync()).Attempts.Line());
        desk.Mini.Answers("""{"value":2}""");
        desk.Clock.Advance(Break);
        Assert.Equal("mini Initial None", (await desk.AskAsync()).Attempts.Line());
    }

    [Fact]
    public async Task A_probe_that_hangs_ends_with_its_time_out_and_locks_nobody_out()
    {
        using var desk = await BrokenAsync();
        desk.Mini.Hangs().Answers("""{"value":2}""");
        desk.Clock.Advance(Break);
        var asked = desk.Mini.Requests.Count;

        var probe = desk.AskAsync();
        await desk.Mini.WaitForRequestAsync(asked + 1);
        desk.Clock.Advance(Sample.Mini.Timeout);

        Assert.Equal("mini Initial AttemptTimeout, haiku Fallback None", (await probe).Attempts.Line());
        desk.Clock.Advance(Break);
        Assert.Equal("mini Initial None", (await desk.AskAsync()).Attempts.Line());
    }

    [Fact]
    public async Task Calls_beside_a_probe_do_not_wait_for_it()
    {
        using var desk = await BrokenAsync();
        desk.Mini.Hangs();
        desk.Clock.Advance(Break);
        using var cancellation = new CancellationTokenSource();
        var asked = desk.Mini.Requests.Count;
        var probe = desk.AskAsync(cancellationToken: cancellation.Token);
        await desk.Mini.WaitForRequestAsync(asked + 1);

        Assert.Equal("haiku Fallback None", (await desk.AskAsync()).Attempts.Line());

        await cancellation.CancelAsync();
        await Assert.ThrowsAsync<OperationCanceledException>(() => probe);
    }

    [Fact]
    public async Task A_request_that_the_model_turns_down_shows_that_it_is_up()
    {
        using var desk = await BrokenAsync();
        desk.Mini.Fails(new ProviderException(PromptErrorCode.BadRequest)).Answers("""{"value":2}""");
        desk.Clock.Advance(Break);

        await desk.AskAsync();

        Assert.Equal("mini Initial None", (await desk.AskAsync()).Attempts.Line());
    }

    [Fact]
    public async Task Answers_that_break_the_contract_do_not_open_a_circuit()
    {
        using var desk = new Desk();
        for (var i = 0; i < 20; i++)
        {
            desk.Mini.Answers("no json");
            desk.Sonnet.Answers("""{"value":2}""");
        }

        for (var i = 0; i < 10; i++)
        {
            Assert.Equal("mini Initial InvalidJson, mini Repair InvalidJson, sonnet Escalation None", (await desk.AskAsync()).Attempts.Line());
        }
    }

    [Fact]
    public async Task When_all_circuits_are_open_the_call_fails_at_once_with_CircuitOpen()
    {
        using var desk = await BrokenAsync();
        var prompt = Sample.Define(route: new PromptGen.Routing.PromptStep(Tier.Fast, [Sample.Mini]));

        var error = await desk.FailAsync(prompt);

        Assert.Equal(PromptErrorCode.CircuitOpen, error.Code);
        Assert.Empty(error.Attempts);
        Assert.Contains("mini (circuit open for another 15 s)", error.Message, StringComparison.Ordinal);
    }

    /// <summary>A desk whose mini has failed five times in a row; haiku answers whatever comes.</summary>
    private static async Task<Desk> BrokenAsync()
    {
        var desk = new Desk();
        for (var i = 0; i < 5; i++)
        {
            desk.Mini.Fails(new ProviderException(PromptErrorCode.Overloaded));
        }

        for (var i = 0; i < 10; i++)
        {
            desk.Haiku.Answers("""{"value":4}""");
        }

        var first = await desk.WaitOutAsync(desk.AskAsync());
        var second = await desk.WaitOutAsync(desk.AskAsync());
        Assert.Equal("mini Initial Overloaded, mini Retry Overloaded, mini Retry Overloaded, haiku Fallback None", first.Attempts.Line());
        Assert.Equal("mini Initial Overloaded, mini Retry Overloaded, haiku Fallback None", second.Attempts.Line());
        return desk;
    }
}
