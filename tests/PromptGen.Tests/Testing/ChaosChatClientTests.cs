using Microsoft.Extensions.AI;
using PromptGen.Testing;
using PromptGen.Tests.Execution;

namespace PromptGen.Tests.Testing;

public class ChaosChatClientTests
{
    private const string Good = """{"value":3}""";

    [Fact]
    public void One_seed_is_one_sequence_of_faults_and_another_seed_another()
    {
        static ChaosFault[] Draw(int seed) =>
            [.. Enumerable.Range(1, 1_000).Select(number => new ChaosOptions { Seed = seed }.Inject(0.05).FaultOf(number))];

        Assert.Equal(Draw(1), Draw(1));
        Assert.NotEqual(Draw(1), Draw(2));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(-1)]
    public void Each_fault_comes_about_as_often_as_asked(int seed)
    {
        var options = new ChaosOptions { Seed = seed }.Inject(0.01);

        var drawn = Enumerable.Range(1, 100_000).Select(number => options.FaultOf(number)).CountBy(static fault => fault).ToDictionary();

        Assert.All(Enum.GetValues<ChaosFault>().Where(static fault => fault != ChaosFault.None), fault => Assert.InRange(drawn[fault], 850, 1_150));
        Assert.InRange(drawn[ChaosFault.None], 89_000, 91_000);
    }

    [Fact]
    public void Rates_are_shares_and_more_than_all_is_refused()
    {
        var options = new ChaosOptions { [ChaosFault.Reset] = 0.6 };

        Assert.Throws<ArgumentOutOfRangeException>(() => options[ChaosFault.Empty] = 0.5);
        Assert.Throws<ArgumentOutOfRangeException>(() => options[ChaosFault.Empty] = -0.1);
        Assert.Throws<ArgumentOutOfRangeException>(() => options[ChaosFault.None] = 0.1);
        options[ChaosFault.Reset] = 1;
        Assert.Equal(ChaosFault.Reset, options.FaultOf(1));
    }

    [Theory]
    [InlineData(ChaosFault.RateLimited, PromptErrorCode.RateLimited)]
    [InlineData(ChaosFault.ServerError, PromptErrorCode.ServerError)]
    [InlineData(ChaosFault.Overloaded, PromptErrorCode.Overloaded)]
    [InlineData(ChaosFault.Reset, PromptErrorCode.Transport)]
    [InlineData(ChaosFault.Truncated, PromptErrorCode.Truncated)]
    [InlineData(ChaosFault.BrokenContract, PromptErrorCode.SchemaMismatch)]
    [InlineData(ChaosFault.Refusal, PromptErrorCode.Refused)]
    [InlineData(ChaosFault.Empty, PromptErrorCode.EmptyOutput)]
    public async Task A_fault_is_what_the_runtime_takes_it_for_and_never_reaches_the_client(ChaosFault fault, PromptErrorCode outcome)
    {
        using var desk = new Desk(builder =>
        {
            builder.UseChaos(options => options[fault] = 1);
            builder.Resilience.MaxRetries = 0;
        });

        var error = await desk.FailAsync();

        Assert.All(error.Attempts, attempt => Assert.Equal(outcome, attempt.Outcome));
        Assert.Empty(desk.Mini.Requests);
    }

    [Fact]
    public async Task A_time_out_lasts_until_the_caller_gives_up()
    {
        using var desk = new Desk(builder => builder.UseChaos(options => options[ChaosFault.TimeOut] = 1));

        var call = desk.AskAsync();
        await desk.Clock.WaitForTimerAsync(TimeSpan.FromSeconds(5));
        desk.Clock.Advance(TimeSpan.FromSeconds(5));
        await desk.Clock.WaitForTimerAsync(TimeSpan.FromSeconds(5));
        desk.Clock.Advance(TimeSpan.FromSeconds(5));
        await desk.Clock.WaitForTimerAsync(TimeSpan.FromSeconds(15));
        desk.Clock.Advance(TimeSpan.FromSeconds(15));

        var error = await Assert.ThrowsAsync<PromptException>(() => call);
        Assert.All(error.Attempts, static attempt => Assert.Equal(PromptErrorCode.AttemptTimeout, attempt.Outcome));
    }

    [Fact]
    public async Task A_slow_answer_is_the_clients_own_and_late()
    {
        var clock = new ManualTimeProvider();
        using var client = new ScriptedChatClient(Good).WithChaos(new ChaosOptions { TimeProvider = clock, SlowBy = TimeSpan.FromSeconds(2), [ChaosFault.Slow] = 1 });

        var call = client.GetResponseAsync("Hello");
        clock.Advance(await clock.WaitForTimerAsync(TimeSpan.FromSeconds(2)));

        Assert.Equal(Good, (await call).Text);
        Assert.Equal((1, 1), (client.Requests, client.Injected(ChaosFault.Slow)));
    }

    [Fact]
    public async Task A_stream_is_broken_off_after_its_first_piece()
    {
        using var client = new ScriptedChatClient(Good).WithChaos(new ChaosOptions { [ChaosFault.Truncated] = 1 });
        var pieces = new List<ChatResponseUpdate>();

        var error = await Assert.ThrowsAsync<ProviderRequestException>(async () =>
        {
            await foreach (var piece in client.GetStreamingResponseAsync("Hello"))
            {
                pieces.Add(piece);
            }
        });

        Assert.Equal(PromptErrorCode.Truncated, error.Code);
        Assert.Single(pieces);
    }

    [Fact]
    public async Task Without_a_fault_requests_pass_through_and_the_clients_services_stay_reachable()
    {
        using var inner = new ScriptedChatClient(Good);
        using var client = inner.WithChaos(new ChaosOptions());

        Assert.Equal(Good, (await client.GetResponseAsync("Hello")).Text);
        Assert.Same(inner, client.GetService<ScriptedChatClient>());
    }
}
