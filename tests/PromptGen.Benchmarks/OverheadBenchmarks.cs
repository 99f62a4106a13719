using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging.Abstractions;

namespace PromptGen.Benchmarks;

/// <summary>
/// What PromptGen adds to the bare client with everything enabled and no telemetry listener: budget, deadline, retry budget, breakers, acceptance check,
/// telemetry, log.
/// </summary>
[MemoryDiagnoser]
public class OverheadBenchmarks
{
    private const string Answer = """{"severity":"High","urgency":4,"summary":"Stop after three attempts","confidence":0.93}""";
    private static readonly string Code = new('x', 1_500);

    private readonly NoOpChatClient _client = new(Answer);
    private readonly List<ChatMessage> _messages = [new(ChatRole.User, Code)];
    private readonly ChatOptions _options = new() { ModelId = Models.Mini };

    private Reviewer _reviewer = null!;
    private Reviewer _failingOver = null!;

    [GlobalSetup]
    public async Task SetupAsync()
    {
        _reviewer = new Reviewer(Runtime(_client));
        _failingOver = new Reviewer(Runtime(new BrokenChatClient()));
        for (var i = 0; i < 20; i++)
        {
            await _failingOver.GuardAsync("Acme Checkout", Code);
        }
    }

    [Benchmark(Baseline = true)]
    public Task<ChatResponse> RawClient() => _client.GetResponseAsync(_messages, _options);

    [Benchmark]
    public Task<Verdict> EverythingOn() => _reviewer.GuardAsync("Acme Checkout", Code);

    /// <summary>The first model's circuit is open: the call goes to the next one.</summary>
    [Benchmark]
    public Task<Verdict> CircuitOpen() => _failingOver.GuardAsync("Acme Checkout", Code);

    private PromptRuntime Runtime(IChatClient first) => PromptRuntime.Create(builder =>
    {
        builder.Resilience.MaxRetries = 0;
        builder.Resilience.BreakDuration = TimeSpan.FromDays(1);
        builder
            .AddProvider("openai", _ => first)
            .AddProvider("anthropic", _ => _client)
            .AddBudget("house", 1_000_000m, BudgetPeriod.Day)
            .UseLoggerFactory(NullLoggerFactory.Instance);
    });
}
