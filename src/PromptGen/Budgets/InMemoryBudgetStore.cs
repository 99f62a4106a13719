using PromptGen.Timing;

namespace PromptGen.Budgets;

/// <summary>
/// Keeps the money of budgets in this process. Its date is read once and then follows the monotonic clock, so that a clock that is set
/// back or forth opens no period anew. Every method ends at once. Memory: one account per budget and scope used in its current period
/// (past ones go when as many again have come), the open reservations, and the last 100,000 closed ones.
/// </summary>
/// <param name="timeProvider">The clock. Default: <see cref="TimeProvider.System"/>.</param>
public sealed class InMemoryBudgetStore(TimeProvider? timeProvider = null) : IBudgetStore
{
    private const int RememberedClosed = 100_000;

    private readonly object _lock = new();
    private readonly MonotonicTimeProvider _time = new(timeProvider ?? TimeProvider.System);
    private readonly Dictionary<(string Key, BudgetPeriod Period), Account> _accounts = [];
    private readonly Dictionary<Guid, Hold> _open = [];
    private readonly HashSet<Guid> _closed = [];
    private readonly Queue<Guid> _closedInOrder = new();
    private DateTimeOffset _nextExpiry = DateTimeOffset.MaxValue;
    private int _pruneAt = 1_000;

    internal int AccountCount
    {
        get
        {
            lock (_lock)
            {
                return _accounts.Count;
            }
        }
    }

    /// <inheritdoc />
    public ValueTask<BudgetDecision> ReserveAsync(BudgetReservation reservation, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(reservation);
        ArgumentOutOfRangeException.ThrowIfNegative(reservation.Usd);
        lock (_lock)
        {
            return new(Reserve(reservation, Now()));
        }
    }

    /// <inheritdoc />
    public ValueTask SettleAsync(BudgetReservation reservation, decimal usd, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(reservation);
        ArgumentOutOfRangeException.ThrowIfNegative(usd);
        lock (_lock)
        {
            Close(reservation, usd, Now());
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc />
    public ValueTask ReleaseAsync(BudgetReservation reservation, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(reservation);
        lock (_lock)
        {
            Close(reservation, 0m, Now());
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc />
    public ValueTask<BudgetBalance> GetBalanceAsync(BudgetLimit budget, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            var account = AccountOf(budget, Now());
            return new(new BudgetBalance(account.Spent, account.Reserved));
        }
    }

    private BudgetDecision Reserve(BudgetReservation reservation, DateTimeOffset now)
    {
        if (_open.ContainsKey(reservation.Id) || _closed.Contains(reservation.Id))
        {
            return BudgetDecision.Granted;
        }

        var accounts = new Account[reservation.Budgets.Count];
        for (var i = 0; i < accounts.Length; i++)
        {
            var budget = reservation.Budgets[i];
            accounts[i] = AccountOf(budget, now);
            var left = budget.MaxUsd - accounts[i].Spent - accounts[i].Reserved;
            if (reservation.Usd > left)
            {
                return new BudgetDecision(budget.Key, Math.Max(0m, left));
            }
        }

        foreach (var account in accounts)
        {
            account.Reserved += reservation.Usd;
        }

        var expiry = now + reservation.Lifetime;
        _open.Add(reservation.Id, new Hold(reservation.Usd, expiry, accounts));
        _nextExpiry = expiry < _nextExpiry ? expiry : _nextExpiry;
        return BudgetDecision.Granted;
    }

    private void Close(BudgetReservation reservation, decimal usd, DateTimeOffset now)
    {
        if (!_closed.Add(reservation.Id))
        {
            return;
        }

        _closedInOrder.Enqueue(reservation.Id);
        if (_closedInOrder.Count > RememberedClosed)
        {
            _closed.Remove(_closedInOrder.Dequeue());
        }

        if (_open.Remove(reservation.Id, out var hold))
        {
            hold.GiveBack();
            foreach (var account in hold.Accounts)
            {
                account.Spent += usd;
            }
        }
        else if (usd > 0m)
        {
            foreach (var budget in reservation.Budgets)
            {
                AccountOf(budget, now).Spent += usd;
            }
        }
    }

    /// <summary>A new period has a new account; a reservation of the old one still holds on to the old account, which is no longer used.</summary>
    private Account AccountOf(BudgetLimit budget, DateTimeOffset now)
    {
        var key = (budget.Key, budget.Period);
        var period = budget.Period.NumberAt(now);
        if (!_accounts.TryGetValue(key, out var account) || account.Period != period)
        {
            Prune(now);
            _accounts[key] = account = new Account(period);
        }

        return account;
    }

    private DateTimeOffset Now()
    {
        var now = _time.GetUtcNow();
        if (now >= _nextExpiry)
        {
            Expire(now);
        }

        return now;
    }

    private void Expire(DateTimeOffset now)
    {
        _nextExpiry = DateTimeOffset.MaxValue;
        foreach (var (id, hold) in _open)
        {
            if (hold.Expiry <= now)
            {
                hold.GiveBack();
                _open.Remove(id);
            }
            else if (hold.Expiry < _nextExpiry)
            {
                _nextExpiry = hold.Expiry;
            }
        }
    }

    private void Prune(DateTimeOffset now)
    {
        if (_accounts.Count < _pruneAt)
        {
            return;
        }

        foreach (var (key, account) in _accounts)
        {
            if (account.Period != key.Period.NumberAt(now))
            {
                _accounts.Remove(key);
            }
        }

        _pruneAt = Math.Max(1_000, _accounts.Count * 2);
    }

    /// <summary>The money of one budget in one period.</summary>
    private sealed class Account(long period)
    {
        public long Period { get; } = period;

        public decimal Spent { get; set; }

        public decimal Reserved { get; set; }
    }

    private sealed record Hold(decimal Usd, DateTimeOffset Expiry, Account[] Accounts)
    {
        public void GiveBack()
        {
            foreach (var account in Accounts)
            {
                account.Reserved -= Usd;
            }
        }
    }
}
