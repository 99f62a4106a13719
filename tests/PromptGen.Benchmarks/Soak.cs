using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Configuration;
using PromptGen.Budgets;
using PromptGen.EndToEnd.Tests.Soak;
using PromptGen.Testing;

namespace PromptGen.Benchmarks;

/// <summary>
/// Very many calls through clients that answer at once, of whose requests one in a hundred meets each of nine faults: <c>soak 1000000</c>.
/// Time-outs and back-offs are short, so that the run is one of calls and not of waiting.
/// </summary>
internal sealed class Soak
{
    private const int Concurrency = 256;
    private const int Slices = 10;

    private static readonly ChaosFault[] Faults =
    [
        ChaosFault.RateLimited, ChaosFault.ServerError, ChaosFault.Overloaded, ChaosFault.TimeOut, ChaosFault.Reset,
        ChaosFault.Truncated, ChaosFault.BrokenContract, ChaosFault.Refusal, ChaosFault.Empty,
    ];

    private static readonly BudgetLimit Budget = new("soak", 1_000_000m, BudgetPeriod.Day);

    private readonly int _calls;
    private readonly float[] _addedMicroseconds;
    private readonly int[] _outcomes = new int[Enum.GetValues<PromptErrorCode>().Length];
    private readonly List<ChaosChatClient> _leaves = [];
    private readonly InMemoryBudgetStore _store = new();
    private int _measured;
    private long _entries;

    private Soak(int calls)
    {
        _calls = calls;
        _addedMicroseconds = new float[calls];
    }

    /// <returns>0 where nothing was lost, left reserved or slow; 1 otherwise.</returns>
    public static Task<int> RunAsync(string[] args) =>
        new Soak(args is [var calls] ? int.Parse(calls, CultureInfo.InvariantCulture) : 1_000_000).RunAsync();

    private async Task<int> RunAsync()
    {
        using var prompts = CreatePrompts();
        var reviewer = new Reviewer(prompts);
        Console.WriteLine($"{_calls:N0} calls, {Concurrency} at a time, {Faults.Length} faults at 1 % each");
        var watch = Stopwatch.StartNew();
        for (var slice = 0; slice < Slices; slice++)
        {
            await Parallel.ForAsync(0, _calls / Slices, new ParallelOptions { MaxDegreeOfParallelism = Concurrency }, async (_, _) => await CallAsync(reviewer));
            Console.WriteLine($"  {(slice + 1) * (_calls / Slices),11:N0} calls  {watch.Elapsed.TotalSeconds,6:0.0} s  {GC.GetTotalMemory(forceFullCollection: true) / 1024.0,9:N0} KB");
        }

        return await ReportAsync(watch.Elapsed) ? 0 : 1;
    }

    private PromptRuntime CreatePrompts() => PromptRuntime.Create(builder =>
    {
        var answer = new NoOpChatClient(Assessment.Answer);
        var seconds = (string?)"0.05";
        builder
            .AddProvider("openai", _ => answer)
            .AddProvider("anthropic", _ => answer)
            .UseBudgetStore(_store)
            .AddBudget(Budget.Key, Budget.MaxUsd, Budget.Period)
            .UseConfiguration(new ConfigurationBuilder()
                .AddInMemoryCollection([
                    KeyValuePair.Create($"Models:{Models.Mini}:TimeoutSeconds", seconds),
                    KeyValuePair.Create($"Models:{Models.Sonnet}:TimeoutSeconds", seconds)])
                .Build())
            .WrapClients((_, client) =>
            {
                var leaf = client.WithChaos(new ChaosOptions { Seed = _leaves.Count }.Inject(0.01, Faults));
                _leaves.Add(leaf);
                return new LeafClock(leaf);
            });
        builder.Resilience.RetryDelay = TimeSpan.FromMilliseconds(1);
    });

    private async Task CallAsync(Reviewer reviewer)
    {
        var leaf = LeafClock.Begin();
        var started = Stopwatch.GetTimestamp();
        try
        {
            var result = await reviewer.AssessAsync("Acme Checkout", "x = 1");
            if (result.Attempts.Count == 1)
            {
                _addedMicroseconds[Interlocked.Increment(ref _measured) - 1] = (float)(Stopwatch.GetElapsedTime(started) - leaf.Elapsed).TotalMicroseconds;
            }

            Count(PromptErrorCode.None, result.Attempts);
        }
        catch (PromptException error)
        {
            Count(error.Code, error.Attempts);
        }
    }

    private void Count(PromptErrorCode outcome, IReadOnlyList<PromptAttempt> attempts)
    {
        Interlocked.Increment(ref _outcomes[(int)outcome]);
        Interlocked.Add(ref _entries, attempts.Count);
    }

    private async Task<bool> ReportAsync(TimeSpan time)
    {
        var added = _addedMicroseconds.AsMemory(0, _measured);
        added.Span.Sort();
        float At(double share) => added.Span[(int)(share * (added.Length - 1))];
        var (requests, reserved) = (_leaves.Sum(static leaf => leaf.Requests), (await _store.GetBalanceAsync(Budget)).ReservedUsd);
        Console.WriteLine($"throughput     {_calls / time.TotalSeconds:N0} calls/s");
        Console.WriteLine($"added time     p50 {At(0.5):0.0} µs, p99 {At(0.99):0.0} µs, p999 {At(0.999):0.0} µs (calls without a fault)");
        Console.WriteLine($"outcomes       {string.Join(", ", Enum.GetValues<PromptErrorCode>().Where(code => _outcomes[(int)code] > 0).Select(code => $"{code} {_outcomes[(int)code]:N0}"))}");
        Console.WriteLine($"injected       {string.Join(", ", Faults.Select(fault => $"{fault} {_leaves.Sum(leaf => leaf.Injected(fault)):N0}"))}");
        Console.WriteLine($"ledger entries {_entries:N0} = requests {requests:N0}");
        Console.WriteLine($"reserved       ${reserved}");
        return _outcomes.Sum() == _calls && _entries == requests && reserved == 0 && At(0.99) < 1_000;
    }
}
