using Microsoft.Extensions.AI;
using PromptGen.Catalog;
using PromptGen.Prompts;
using PromptGen.Routing;
using PromptGen.Testing;
using PromptGen.Tests.Execution;

namespace PromptGen.Tests.Health;

public class CircuitTests
{
    private static readonly TimeSpan Break = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task A_model_that_keeps_failing_is_skipped()
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
    public async Task A_failed_probe_keeps_it_skipped_for_as_long_again()
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
    public async Task A_probe_that_hangs_ends_with_its_time_out_and_blocks_no_call()
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
    public async Task A_request_that_the_model_rejects_shows_that_it_is_up()
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
        using var desk = new Desk(static builder => builder.Resilience.ContractFailureRatio = null);
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
        Assert.Contains("mini (circuit open for another 10 s)", error.Message, StringComparison.Ordinal);
        Assert.Equal(Break, error.RetryAfter);
    }

    [Fact]
    public async Task The_wait_is_that_of_the_model_that_is_back_first()
    {
        using var desk = await BrokenAsync();
        desk.Clock.Advance(TimeSpan.FromSeconds(4));
        await BreakAsync(desk, desk.Sonnet, Sample.General);
        desk.Clock.Advance(TimeSpan.FromSeconds(1));
        var both = Sample.Define(route: [new PromptStep(Tier.General, [Sample.Sonnet]), new PromptStep(Tier.Fast, [Sample.Mini])]);

        var first = await desk.FailAsync(both);
        desk.Clock.Advance(TimeSpan.FromSeconds(2.5));
        var second = await desk.FailAsync(both);

        Assert.Equal(PromptErrorCode.CircuitOpen, first.Code);
        Assert.InRange(first.RetryAfter!.Value, TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(5));
        Assert.InRange(second.RetryAfter!.Value, TimeSpan.Zero, TimeSpan.FromSeconds(0.5));
    }

    [Fact]
    public async Task An_open_circuit_is_skipped_without_rendering_the_prompt()
    {
        using var desk = await BrokenAsync();
        await desk.AskAsync();
        var template = new CountingTemplate();

        using (var call = desk.Runtime.Start(Sample.Prompt, default))
        {
            Assert.True(await call.TryAsync(Sample.Fast, template));
        }

        Assert.Equal(["haiku"], template.Rendered);
    }

    [Fact]
    public async Task Beside_a_probe_of_the_only_model_calls_fail_at_once_and_exactly_one_request_is_made()
    {
        using var desk = await BrokenAsync();
        var prompt = Sample.Define(route: new PromptStep(Tier.Fast, [Sample.Mini]));
        desk.Mini.Hangs().Answers("""{"value":2}""");
        desk.Clock.Advance(Break);
        var asked = desk.Mini.Requests.Count;
        var probe = desk.AskAsync(prompt);
        await desk.Mini.WaitForRequestAsync(asked + 1);

        var errors = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Task.Run(() => desk.FailAsync(prompt))));

        Assert.All(errors, static error => Assert.Equal((PromptErrorCode.CircuitOpen, TimeSpan.Zero), (error.Code, error.RetryAfter!.Value)));
        Assert.Contains("mini (circuit open, being probed)", errors[^1].Message, StringComparison.Ordinal);
        Assert.Equal(asked + 1, desk.Mini.Requests.Count);
        desk.Clock.Advance(Sample.Mini.Timeout);
        await Assert.ThrowsAsync<PromptException>(() => probe);
        desk.Clock.Advance(Break);
        Assert.Equal("mini Initial None", (await desk.AskAsync(prompt)).Attempts.Line());
    }

    [Fact]
    public async Task A_good_probe_brings_the_model_back_for_those_too_who_were_turned_away_beside_it()
    {
        using var desk = await BrokenAsync();
        var answer = new TaskCompletionSource<ChatResponse>();
        desk.Mini.Then((_, _) => answer.Task).Answers("""{"value":2}""");
        desk.Clock.Advance(Break);
        var asked = desk.Mini.Requests.Count;
        var probe = desk.AskAsync();
        await desk.Mini.WaitForRequestAsync(asked + 1);
        Assert.Equal("haiku Fallback None", (await desk.AskAsync()).Attempts.Line());

        answer.SetResult(Good());
        await probe;

        Assert.Equal("mini Initial None", (await desk.AskAsync()).Attempts.Line());
    }

    [Fact]
    public async Task A_probe_that_a_budget_stops_does_not_count_as_good()
    {
        using var desk = await BrokenAsync(static builder => builder.AddBudget("dear", 0m, BudgetPeriod.Day, "Dear"));
        var dear = new PromptDefinition<int>("Dear", "00c0ffee", new UrgencyContract(), Sample.Fast);
        desk.Clock.Advance(Break);

        Assert.Equal(PromptErrorCode.BudgetExceeded, (await desk.FailAsync(dear)).Code);

        Assert.Equal("haiku Fallback None", (await desk.AskAsync()).Attempts.Line());
    }

    [Fact]
    public async Task Requests_that_a_budget_stops_do_not_count_as_good_ones()
    {
        using var desk = new Desk(static builder => builder.AddBudget("dear", 0m, BudgetPeriod.Day, "Dear"));
        var dear = new PromptDefinition<int>("Dear", "00c0ffee", new UrgencyContract(), Sample.Fast);
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(PromptErrorCode.BudgetExceeded, (await desk.FailAsync(dear)).Code);
        }

        await BreakAsync(desk);

        Assert.Equal("haiku Fallback None", (await desk.AskAsync()).Attempts.Line());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_request_from_before_the_break_does_not_decide_in_place_of_the_probe(bool isGood)
    {
        using var desk = new Desk();
        var (early, probed) = (new TaskCompletionSource<ChatResponse>(), new TaskCompletionSource<ChatResponse>());
        desk.Mini.Then((_, _) => early.Task);
        var slow = desk.AskAsync();
        await desk.Mini.WaitForRequestAsync(1);
        await BreakAsync(desk);
        desk.Mini.Then((_, _) => probed.Task).Answers("""{"value":2}""");
        desk.Clock.Advance(Break);
        var asked = desk.Mini.Requests.Count;
        var probe = desk.AskAsync();
        await desk.Mini.WaitForRequestAsync(asked + 1);

        if (isGood)
        {
            early.SetResult(Good());
        }
        else
        {
            early.SetException(new ProviderException(PromptErrorCode.Overloaded));
        }

        await desk.WaitOutAsync(slow);
        Assert.Equal("haiku Fallback None", (await desk.AskAsync()).Attempts.Line());
        probed.SetResult(Good());
        await probe;
        Assert.Equal("mini Initial None", (await desk.AskAsync()).Attempts.Line());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public async Task A_wall_clock_that_jumps_neither_shortens_the_break_nor_makes_it_longer(int hours)
    {
        var wall = new JumpingClock();
        using var desk = await BrokenAsync(builder => builder.UseTimeProvider(wall), wall.Inner);
        wall.Jump = TimeSpan.FromHours(hours);

        Assert.Equal("haiku Fallback None", (await desk.AskAsync()).Attempts.Line());
        wall.Inner.Advance(Break - TimeSpan.FromSeconds(0.1));
        Assert.Equal("haiku Fallback None", (await desk.AskAsync()).Attempts.Line());
        desk.Mini.Answers("""{"value":2}""");
        wall.Inner.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Equal("mini Initial None", (await desk.AskAsync()).Attempts.Line());
    }

    [Fact]
    public async Task After_an_outage_of_a_minute_the_first_model_is_back_within_half_a_minute()
    {
        var up = false;
        using var mini = new ScriptedChatClient((_, _) => up
            ? Task.FromResult(Good())
            : Task.FromException<ChatResponse>(new ProviderException(PromptErrorCode.Overloaded)));
        using var haiku = new ScriptedChatClient(static _ => """{"value":4}""");
        using var desk = new Desk(builder => builder.AddClient("mini", mini).AddClient("haiku", haiku));
        for (var second = 0; second < 60; second += 3)
        {
            Assert.Equal(4, (await desk.WaitOutAsync(desk.AskAsync())).Value);
            desk.Clock.Advance(TimeSpan.FromSeconds(3));
        }

        var triesInOutage = mini.Requests.Count;
        up = true;
        desk.Clock.Advance(TimeSpan.FromSeconds(30));

        Assert.Equal("mini Initial None", (await desk.AskAsync()).Attempts.Line());
        Assert.InRange(triesInOutage, 5, 10);
    }

    /// <summary>A desk whose mini has failed five times in a row; haiku answers whatever comes.</summary>
    private static async Task<Desk> BrokenAsync(Action<PromptRuntimeBuilder>? configure = null, ManualTimeProvider? clock = null)
    {
        var desk = new Desk(configure, clock);
        await BreakAsync(desk);
        return desk;
    }

    private static async Task BreakAsync(Desk desk)
    {
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
    }

    private static ChatResponse Good() => new(new ChatMessage(ChatRole.Assistant, """{"value":2}""")) { FinishReason = ChatFinishReason.Stop };

    private static async Task BreakAsync(Desk desk, ScriptedChatClient model, PromptStep step)
    {
        for (var i = 0; i < 5; i++)
        {
            model.Fails(new ProviderException(PromptErrorCode.Overloaded));
        }

        var prompt = Sample.Define(route: step);
        await Assert.ThrowsAsync<PromptException>(() => desk.WaitOutAsync(desk.AskAsync(prompt)));
        await Assert.ThrowsAsync<PromptException>(() => desk.WaitOutAsync(desk.AskAsync(prompt)));
    }

    private sealed class CountingTemplate : IPromptTemplate
    {
        public List<string> Rendered { get; } = [];

        public void Render(ModelInfo model, PromptWriter prompt)
        {
            Rendered.Add(model.Id);
            prompt.Append("?");
        }
    }
}
