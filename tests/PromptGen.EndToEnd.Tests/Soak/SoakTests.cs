using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using PromptGen.Budgets;
using PromptGen.EndToEnd.Tests.Wall;
using PromptGen.Testing;
using Models = PromptGen.EndToEnd.Tests.Calls.Catalog;

namespace PromptGen.EndToEnd.Tests.Soak;

/// <summary>
/// Row 68: ten thousand calls, of whose requests one in a hundred meets each of nine faults. The faults are seeded; time is the machine's, since
/// what takes it here are time-outs and back-offs that overlap by the hundred. Nothing that is asserted depends on how long they take.
/// </summary>
[Collection(nameof(Alone))]
public sealed class SoakTests(ITestOutputHelper output)
{
    private const int Calls = 10_000;
    private const int WarmUp = 1_000;
    private const string Good = """{"queue":"Billing","urgency":3,"summary":"Charged twice","confidence":0.9,"reference":"AB12","tags":["card"]}""";

    private static readonly ChaosFault[] Faults =
    [
        ChaosFault.RateLimited, ChaosFault.ServerError, ChaosFault.Overloaded, ChaosFault.TimeOut, ChaosFault.Reset,
        ChaosFault.Truncated, ChaosFault.BrokenContract, ChaosFault.Refusal, ChaosFault.Empty,
    ];

    private static readonly BudgetLimit Budget = new("soak", 1_000m, BudgetPeriod.Day);

    private readonly ConcurrentBag<PromptErrorCode> _outcomes = [];
    private readonly ConcurrentBag<double> _addedMicroseconds = [];
    private long _entries;
    private long _ledgerMicroUsd;

    /// <summary>Over HTTP, where the server makes the faults.</summary>
    [Fact]
    public async Task Row68_Over_HTTP_no_call_is_lost_and_the_ledgers_are_what_the_server_saw()
    {
        var chaos = new ChaosOptions { Seed = 68 }.Inject(0.01, Faults);
        await using var server = await ModelServer.StartAsync(request => ReplyTo(chaos.FaultOf(request.Number)));
        var store = new InMemoryBudgetStore();
        using var prompts = PromptRuntime.Create(builder => builder
            .UseBudgetStore(store)
            .AddBudget(Budget.Key, Budget.MaxUsd, Budget.Period)
            .AddOpenAI("key", server.OpenAIEndpoint)
            .AddAnthropic("key", server.AnthropicEndpoint)
            .WrapClients(static (_, client) => new LeafClock(client)));
        var desk = new WallDesk(prompts);

        // Each call has its own connection: a call that waits for a connection could time out before the server receives its request.
        var watch = Stopwatch.StartNew();
        await Parallel.ForEachAsync(Enumerable.Range(0, Calls), new ParallelOptions { MaxDegreeOfParallelism = 200 }, async (i, _) => await CallAsync(desk, i));
        await server.WaitForIdleAsync();

        Report("over HTTP", watch.Elapsed);
        AssertNothingLost(Calls);
        Assert.Equal(server.Requests.Count, _entries);
        await AssertNothingReservedAsync(store);
    }

    /// <summary>In memory, where all calls are under way before the first one is answered.</summary>
    [Fact]
    public async Task Row68_In_memory_ten_thousand_calls_at_once_leave_nothing_behind()
    {
        var leaves = new ConcurrentBag<ChaosChatClient>();
        var store = new InMemoryBudgetStore();
        using var model = new GatedModel();
        using var prompts = PromptRuntime.Create(builder => builder
            .UseBudgetStore(store)
            .AddBudget(Budget.Key, Budget.MaxUsd, Budget.Period)
            .UseConfiguration(TimeOutAfter(seconds: 2))
            .AddProvider("openai", _ => model)
            .AddProvider("anthropic", _ => model)
            .WrapClients((modelId, client) =>
            {
                var leaf = client.WithChaos(new ChaosOptions { Seed = modelId.Length }.Inject(0.01, Faults));
                leaves.Add(leaf);
                return new LeafClock(leaf);
            }));
        var desk = new WallDesk(prompts);
        using var unobserved = new UnobservedExceptions();

        // Models with some good answers to their name: a circuit that had seen nothing but the first faults would open.
        await Parallel.ForEachAsync(Enumerable.Range(0, WarmUp), new ParallelOptions { MaxDegreeOfParallelism = 100 }, async (i, _) => await CallAsync(desk, i));
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        model.Gate = gate.Task;
        var watch = Stopwatch.StartNew();
        var calls = Enumerable.Range(0, Calls).Select(i => CallAsync(desk, i)).ToList();
        Assert.True(calls.Count(static call => !call.IsCompleted) > Calls * 0.9);
        gate.SetResult();
        await Task.WhenAll(calls);

        Report("in memory, all at once", watch.Elapsed);
        AssertNothingLost(WarmUp + Calls);
        Assert.Equal(leaves.Sum(static leaf => leaf.Requests), _entries);
        await AssertNothingReservedAsync(store);
        await AssertMemoryIsSteadyAsync(desk, calls);
        Assert.Equal(0, unobserved.Count());
    }

    private static IConfiguration TimeOutAfter(double seconds) => new ConfigurationBuilder()
        .AddInMemoryCollection(new[] { Models.Mini, Models.Haiku, Models.Sonnet }.Select(id =>
            KeyValuePair.Create($"Models:{id}:TimeoutSeconds", (string?)seconds.ToString(CultureInfo.InvariantCulture))))
        .Build();

    private async Task CallAsync(WallDesk desk, int number)
    {
        var leaf = LeafClock.Begin();
        var watch = Stopwatch.GetTimestamp();
        try
        {
            var result = await (number % 2 == 0 ? desk.ViaOpenAIAsync($"ticket {number}") : desk.ViaAnthropicAsync($"ticket {number}"));
            if (result.Attempts.Count == 1)
            {
                _addedMicroseconds.Add((Stopwatch.GetElapsedTime(watch) - leaf.Elapsed).TotalMicroseconds);
            }

            Assert.Equal(("Charged twice", 3, 0.9, "AB12"), (result.Value.Summary, result.Value.Urgency, result.Value.Confidence, result.Value.Reference));
            Count(PromptErrorCode.None, result.Attempts);
        }
        catch (PromptException error)
        {
            Count(error.Code, error.Attempts);
        }
    }

    private void Count(PromptErrorCode outcome, IReadOnlyList<PromptAttempt> attempts)
    {
        _outcomes.Add(outcome);
        Interlocked.Add(ref _entries, attempts.Count);
        Interlocked.Add(ref _ledgerMicroUsd, (long)(attempts.Sum(static attempt => attempt.Cost.Usd) * 1_000_000));
    }

    private void AssertNothingLost(int calls)
    {
        Assert.Equal(calls, _outcomes.Count);

        // A call fails only where every model of its route met a fault in a row.
        Assert.InRange(_outcomes.Count(static outcome => outcome == PromptErrorCode.None), calls * 0.995, calls);
        Assert.DoesNotContain(_outcomes, static outcome => outcome is not (PromptErrorCode.None or PromptErrorCode.RouteExhausted));
    }

    private async Task AssertNothingReservedAsync(InMemoryBudgetStore store)
    {
        var balance = await store.GetBalanceAsync(Budget);
        Assert.Equal(0m, balance.ReservedUsd);
        Assert.True(balance.SpentUsd >= _ledgerMicroUsd / 1_000_000m, "less was spent than the ledgers say");
    }

    /// <summary>The first ten thousand calls have warmed everything up that is kept; as many again may not keep more.</summary>
    private async Task AssertMemoryIsSteadyAsync(WallDesk desk, List<Task> calls)
    {
        calls.Clear();
        _outcomes.Clear();
        _addedMicroseconds.Clear();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        await Parallel.ForEachAsync(Enumerable.Range(0, Calls), new ParallelOptions { MaxDegreeOfParallelism = 1_000 }, async (i, _) => await CallAsync(desk, i));
        _outcomes.Clear();
        _addedMicroseconds.Clear();
        var growth = GC.GetTotalMemory(forceFullCollection: true) - before;
        output.WriteLine($"memory after as many again: {growth / 1024:+0;-0;0} KB");
        Assert.InRange(growth, long.MinValue, 4 * 1024 * 1024);
    }

    private void Report(string where, TimeSpan time)
    {
        var added = _addedMicroseconds.Order().ToList();
        output.WriteLine($"{Calls} calls {where} in {time.TotalSeconds:0.0} s, {_entries} requests");
        output.WriteLine(string.Join(", ", _outcomes.CountBy(static outcome => outcome).Select(static count => $"{count.Key} {count.Value}")));
        output.WriteLine($"added time of calls without a fault: p50 {added[added.Count / 2]:0} µs, p99 {added[added.Count * 99 / 100]:0} µs");
    }

    private static ModelReply ReplyTo(ChaosFault fault) => fault switch
    {
        ChaosFault.RateLimited => ModelReply.Error(429),
        ChaosFault.ServerError => ModelReply.Error(500),
        ChaosFault.Overloaded => ModelReply.Error(503),
        ChaosFault.TimeOut => ModelReply.Hang(),
        ChaosFault.Reset => ModelReply.Reset(),
        ChaosFault.Truncated => ModelReply.Text(Good) with { Fault = ModelFault.Cut },
        ChaosFault.BrokenContract => ModelReply.Text("""{"queue":"Sales"}"""),
        ChaosFault.Refusal => ModelReply.Refusal(),
        ChaosFault.Empty => ModelReply.Text(""),
        _ => ModelReply.Text(Good, 100, 50),
    };

    /// <summary>Answers once the gate is open.</summary>
    private sealed class GatedModel : IChatClient
    {
        public Task Gate { get; set; } = Task.CompletedTask;

        public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        {
            await Gate.WaitAsync(cancellationToken);
            return new ChatResponse(new ChatMessage(ChatRole.Assistant, Good))
            {
                FinishReason = ChatFinishReason.Stop,
                Usage = new UsageDetails { InputTokenCount = 100, OutputTokenCount = 50 },
            };
        }

        public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }

    /// <summary>Counts unobserved task exceptions.</summary>
    private sealed class UnobservedExceptions : IDisposable
    {
        private int _count;

        public UnobservedExceptions() => TaskScheduler.UnobservedTaskException += Add;

        public int Count()
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            return _count;
        }

        public void Dispose() => TaskScheduler.UnobservedTaskException -= Add;

        private void Add(object? sender, UnobservedTaskExceptionEventArgs e) => Interlocked.Increment(ref _count);
    }
}
