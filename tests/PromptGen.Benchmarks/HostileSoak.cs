using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Configuration;
using PromptGen.Budgets;
using PromptGen.Testing;

namespace PromptGen.Benchmarks;

/// <summary>
/// Very many calls, one in four streamed and one stream in ten left early, through clients that do what none should and a budget store that loses settlements:
/// <c>soak 1000000 hostile</c>. Nothing may be lost, and what is spent is what the ledgers say.
/// </summary>
internal sealed class HostileSoak(int calls)
{
    private const int Concurrency = 256;
    private const int Slices = 10;

    private static readonly ChaosFault[] Faults = [ChaosFault.RateLimited, ChaosFault.ServerError, ChaosFault.TimeOut, ChaosFault.Reset, ChaosFault.Truncated, ChaosFault.BrokenContract];

    private static readonly BudgetLimit Budget = new("soak", 1_000_000m, BudgetPeriod.Month);

    private readonly int[] _outcomes = new int[Enum.GetValues<PromptErrorCode>().Length];
    private readonly List<ChaosChatClient> _leaves = [];
    private readonly List<HostileChatClient> _clients = [];
    private readonly InMemoryBudgetStore _balances = new();
    private readonly Lock _lock = new();
    private long _entries;
    private long _mismatches;
    private int _foreign;
    private int _unobserved;
    private decimal _expected;

    /// <returns>0 where nothing was lost, left reserved or counted wrongly; 1 otherwise.</returns>
    public async Task<int> RunAsync()
    {
        TaskScheduler.UnobservedTaskException += (_, _) => Interlocked.Increment(ref _unobserved);
        var store = new UnreliableBudgetStore(_balances);
        var watch = Stopwatch.StartNew();
        await using (var prompts = CreatePrompts(store))
        {
            var reviewer = new Reviewer(prompts);
            Console.WriteLine($"{calls:N0} calls, {Concurrency} at a time, {Faults.Length} faults and {Enum.GetValues<HostileFault>().Length} hostile ones at 1 % each, 1 % of the settlements fail");
            for (var slice = 0; slice < Slices; slice++)
            {
                await Parallel.ForAsync(0, calls / Slices, new ParallelOptions { MaxDegreeOfParallelism = Concurrency }, async (index, _) => await CallAsync(reviewer, index));
                Console.WriteLine($"  {(slice + 1) * (calls / Slices),11:N0} calls  {watch.Elapsed.TotalSeconds,6:0.0} s  {GC.GetTotalMemory(forceFullCollection: true) / 1024.0,9:N0} KB");
            }
        }

        return await ReportAsync(store) ? 0 : 1;
    }

    private PromptRuntime CreatePrompts(UnreliableBudgetStore store) => PromptRuntime.Create(builder =>
    {
        var seconds = (string?)"0.05";
        builder
            .AddProvider("openai", _ => Client())
            .AddProvider("anthropic", _ => Client())
            .UseBudgetStore(store)
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
                return leaf;
            });
        builder.Resilience.RetryDelay = TimeSpan.FromMilliseconds(1);
        builder.Resilience.StreamIdleTimeout = TimeSpan.FromSeconds(1);
    });

    private HostileChatClient Client()
    {
        var client = new HostileChatClient(Assessment.Answer);
        _clients.Add(client);
        return client;
    }

    private async Task CallAsync(Reviewer reviewer, int index)
    {
        var reserved = UnreliableBudgetStore.Begin();
        try
        {
            Count(
                PromptErrorCode.None,
                index % 4 == 0 ? await reviewer.ExplainWithLedgerAsync("Acme Checkout", "x = 1", leavesEarly: index % 40 == 0) : (await reviewer.AssessAsync("Acme Checkout", "x = 1")).Attempts,
                reserved);
        }
        catch (PromptException error)
        {
            Count(error.Code, error.Attempts, reserved);
        }
        catch (Exception exception)
        {
            Console.WriteLine(exception);
            Interlocked.Increment(ref _foreign);
        }
    }

    private void Count(PromptErrorCode outcome, IReadOnlyList<PromptAttempt> attempts, List<decimal> reserved)
    {
        Interlocked.Increment(ref _outcomes[(int)outcome]);
        Interlocked.Add(ref _entries, attempts.Count);
        if (attempts.Count != reserved.Count)
        {
            Interlocked.Increment(ref _mismatches);
            return;
        }

        var usd = attempts.Zip(reserved, static (attempt, estimate) => attempt.Cost.IsComplete ? attempt.Cost.Usd : Math.Max(attempt.Cost.Usd, estimate)).Sum();
        lock (_lock)
        {
            _expected += usd;
        }
    }

    private async Task<bool> ReportAsync(UnreliableBudgetStore store)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var balance = await _balances.GetBalanceAsync(Budget);
        var requests = _leaves.Sum(static leaf => leaf.Requests);
        Console.WriteLine($"outcomes       {string.Join(", ", Enum.GetValues<PromptErrorCode>().Where(code => _outcomes[(int)code] > 0).Select(code => $"{code} {_outcomes[(int)code]:N0}"))}");
        Console.WriteLine($"hostile        {string.Join(", ", Enum.GetValues<HostileFault>().Select(fault => $"{fault} {_clients.Sum(client => client.Injected(fault)):N0}"))}");
        Console.WriteLine($"settlements    {store.Lost:N0} failed and were repeated");
        Console.WriteLine($"ledger entries {_entries:N0} = requests {requests:N0}, calls whose reservations differ {_mismatches:N0}");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"spent          ${balance.SpentUsd} = ledgers ${_expected}, reserved ${balance.ReservedUsd}"));
        Console.WriteLine($"lost           {calls - _outcomes.Sum():N0} calls, foreign exceptions {_foreign:N0}, unobserved ones {_unobserved:N0}");
        return _outcomes.Sum() == calls && _entries == requests && _mismatches == 0 && _foreign == 0 && _unobserved == 0
            && balance.SpentUsd == _expected && balance.ReservedUsd == 0;
    }
}
