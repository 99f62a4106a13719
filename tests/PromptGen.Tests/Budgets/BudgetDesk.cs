using PromptGen.Budgets;
using PromptGen.Routing;
using PromptGen.Testing;
using PromptGen.Tests.Execution;

namespace PromptGen.Tests.Budgets;

/// <summary>A desk whose budgets can be looked into.</summary>
internal sealed class BudgetDesk : IDisposable, IAsyncDisposable
{
    public BudgetDesk(Action<PromptRuntimeBuilder> configure, Action<BudgetStoreOptions>? options = null) => Inner = new Desk(builder =>
    {
        Store = new WatchedBudgetStore(builder.TimeProvider);
        builder.UseBudgetStore(Store, settings =>
        {
            settings.UseThreadPool = false;
            options?.Invoke(settings);
        });
        configure(builder);
    });

    public Desk Inner { get; }

    public WatchedBudgetStore Store { get; private set; } = null!;

    public ManualTimeProvider Clock => Inner.Clock;

    public ScriptedChatClient Mini => Inner.Mini;

    public ScriptedChatClient Sonnet => Inner.Sonnet;

    public ScriptedChatClient Llama => Inner.Llama;

    public Task<PromptResult<int>> AskAsync(PromptDefinition<int>? prompt = null, CancellationToken cancellationToken = default) =>
        Inner.AskAsync(prompt, cancellationToken: cancellationToken);

    public Task<PromptException> FailAsync(PromptDefinition<int>? prompt = null) => Inner.FailAsync(prompt);

    public async Task<BudgetBalance> BalanceAsync(string key, BudgetPeriod period) => await Store.GetBalanceAsync(new BudgetLimit(key, 0m, period));

    public void Dispose() => Inner.Dispose();

    /// <summary>Waits for the store's confirmations.</summary>
    public ValueTask DisposeAsync() => Inner.Runtime.DisposeAsync();
}

/// <summary>The store in memory with a count, and a way to make it fail.</summary>
internal sealed class WatchedBudgetStore(TimeProvider clock) : IBudgetStore
{
    private readonly InMemoryBudgetStore _inner = new(clock);
    private int _reservations;
    private int _operations;

    /// <summary>What happens before each operation; null = nothing.</summary>
    public Func<CancellationToken, Task>? Before { get; set; }

    /// <summary>What happens after each settlement and release that was carried out; null = nothing.</summary>
    public Func<BudgetReservation, Task>? After { get; set; }

    public int Reservations => _reservations;

    public int Operations => _operations;

    public ValueTask<BudgetDecision> ReserveAsync(BudgetReservation reservation, CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref _reservations);
        Interlocked.Increment(ref _operations);
        return Before is null ? _inner.ReserveAsync(reservation, cancellationToken) : Later();

        async ValueTask<BudgetDecision> Later()
        {
            await Before(cancellationToken);
            return await _inner.ReserveAsync(reservation, cancellationToken);
        }
    }

    public ValueTask SettleAsync(BudgetReservation reservation, decimal usd, CancellationToken cancellationToken = default) =>
        CloseAsync(reservation, () => _inner.SettleAsync(reservation, usd, cancellationToken), cancellationToken);

    public ValueTask ReleaseAsync(BudgetReservation reservation, CancellationToken cancellationToken = default) =>
        CloseAsync(reservation, () => _inner.ReleaseAsync(reservation, cancellationToken), cancellationToken);

    public ValueTask<BudgetBalance> GetBalanceAsync(BudgetLimit budget, CancellationToken cancellationToken = default) => _inner.GetBalanceAsync(budget, cancellationToken);

    private async ValueTask CloseAsync(BudgetReservation reservation, Func<ValueTask> operation, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _operations);
        if (Before is not null)
        {
            await Before(cancellationToken);
        }

        await operation();
        if (After is not null)
        {
            await After(reservation);
        }
    }
}
