using PromptGen.Telemetry;

namespace PromptGen.Budgets;

/// <summary>
/// The settlements that the store has not confirmed. Each is repeated until it is: a lost confirmation looks like a lost settlement, and
/// what arrives twice counts once. Thread-safe.
/// </summary>
/// <param name="sendAsync">Sends a settlement to the store once, within its time limit; false = not confirmed. Never throws.</param>
/// <param name="maySend">Whether the store may be asked now.</param>
/// <param name="isBounded">Whether settlements beyond <see cref="Capacity"/> are given up, because attempts are made without a reservation.</param>
/// <param name="losses">Reports the settlements that are given up.</param>
/// <param name="timeProvider">Measures the pauses.</param>
internal sealed class SettlementOutbox(
    Func<Settlement, ValueTask<bool>> sendAsync,
    Func<bool> maySend,
    bool isBounded,
    SettlementLosses losses,
    TimeProvider timeProvider)
{
    /// <summary>How many settlements may be open before no further attempt is admitted.</summary>
    public const int Capacity = 10_000;

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    private readonly object _lock = new();

    /// <summary>Those that wait and those under way, by reservation.</summary>
    private readonly Dictionary<Guid, Settlement> _open = [];
    private readonly Queue<Settlement> _waiting = new();
    private readonly TaskCompletionSource _closing = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _empty = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task? _closed;
    private volatile int _count;
    private bool _isDraining;
    private bool _isOver;

    /// <summary>Whether there is no room for the settlements of further attempts.</summary>
    public bool IsFull => _count >= Capacity;

    private bool IsClosing => _closing.Task.IsCompleted;

    /// <summary>A settlement is under way: closing waits for it.</summary>
    public void Begin(in Settlement settlement)
    {
        lock (_lock)
        {
            _open[settlement.Reservation.Id] = settlement;
            _count = _open.Count;
        }
    }

    /// <summary>The store has confirmed a settlement.</summary>
    public void Confirm(in Settlement settlement)
    {
        lock (_lock)
        {
            Remove(settlement);
        }
    }

    /// <summary>Keeps a settlement that the store has not confirmed, and repeats it.</summary>
    public void Keep(in Settlement settlement)
    {
        lock (_lock)
        {
            if (_isOver || (IsFull && MayGiveUp(settlement)))
            {
                Remove(settlement);
                losses.Add(settlement);
                return;
            }

            _open[settlement.Reservation.Id] = settlement;
            _count = _open.Count;
            _waiting.Enqueue(settlement);
            PromptTelemetry.BudgetUnsettled(_waiting.Count);
            if (_isDraining)
            {
                return;
            }

            _isDraining = true;
        }

        _ = DrainAsync();
    }

    /// <summary>Repeats at once what is open, and then twice a second, until everything is confirmed or the time is over: what is left then is given up.</summary>
    public Task CloseAsync(TimeSpan limit)
    {
        lock (_lock)
        {
            return _closed ??= EmptyAsync(limit);
        }
    }

    private async Task EmptyAsync(TimeSpan limit)
    {
        _closing.TrySetResult();
        if (_open.Count > 0)
        {
            await _empty.Task.WaitAsync(limit, timeProvider).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        lock (_lock)
        {
            _isOver = true;
            foreach (var settlement in _open.Values)
            {
                losses.Add(settlement);
            }

            _open.Clear();
            _waiting.Clear();
        }

        losses.Report();
    }

    /// <summary>A reservation that is never released expires. What was spent is given up only where attempts are made uncounted anyway.</summary>
    private bool MayGiveUp(in Settlement settlement) => isBounded || settlement.Usd is null;

    private async Task DrainAsync()
    {
        var pause = FirstPause;
        do
        {
            await PauseAsync(pause).ConfigureAwait(false);
            var wasClosing = IsClosing;
            var hasProgress = await SendWaitingAsync().ConfigureAwait(false);
            pause = wasClosing != IsClosing ? TimeSpan.Zero
                : wasClosing || hasProgress ? FirstPause
                : Longer(pause);
        }
        while (HasMore());
    }

    /// <summary>Closing ends a pause that began before it.</summary>
    private async Task PauseAsync(TimeSpan pause)
    {
        var over = IsClosing ? Task.Delay(pause, timeProvider) : _closing.Task.WaitAsync(pause, timeProvider);
        await over.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static TimeSpan Longer(TimeSpan pause) => pause * 2 < LongestPause ? pause * 2 : LongestPause;

    /// <summary>Repeats each settlement that waits once, one after the other: one that the store refuses holds up none behind it.</summary>
    /// <returns>Whether the store confirmed any.</returns>
    private async ValueTask<bool> SendWaitingAsync()
    {
        var hasProgress = false;
        for (var left = _count; left > 0 && (IsClosing || maySend()) && Take() is { } settlement; left--)
        {
            if (await sendAsync(settlement).ConfigureAwait(false))
            {
                hasProgress = true;
                Confirm(settlement);
            }
            else
            {
                Return(settlement);
            }
        }

        return hasProgress;
    }

    private Settlement? Take()
    {
        lock (_lock)
        {
            return _waiting.TryDequeue(out var settlement) ? settlement : null;
        }
    }

    private void Return(in Settlement settlement)
    {
        lock (_lock)
        {
            if (!_isOver)
            {
                _waiting.Enqueue(settlement);
            }
        }
    }

    /// <summary>Whether the drain goes on; where it does not, the next settlement that is kept starts another.</summary>
    private bool HasMore()
    {
        lock (_lock)
        {
            PromptTelemetry.BudgetUnsettled(_waiting.Count);
            return _isDraining = _waiting.Count > 0;
        }
    }

    private void Remove(in Settlement settlement)
    {
        _open.Remove(settlement.Reservation.Id);
        _count = _open.Count;
        if (_count == 0 && IsClosing)
        {
            _empty.TrySetResult();
        }
    }
}
