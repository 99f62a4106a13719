using Microsoft.Extensions.Logging;
using PromptGen.Telemetry;
using PromptGen.Timing;

namespace PromptGen.Budgets;

/// <summary>
/// Stands between calls and the store: waits for it as long as the options say, applies their policy where it fails, and reports each
/// outage once. Thread-safe.
/// </summary>
internal sealed class BudgetKeeper
{
    private const int FailuresUntilPause = 5;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>A store that only answers now and then is one outage, not many.</summary>
    private static readonly TimeSpan Recovery = TimeSpan.FromSeconds(10);

    private readonly IBudgetStore _store;
    private readonly BudgetStoreOptions _options;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger _logger;
    private readonly SettlementOutbox _outbox;
    private int _failures;
    private int _reported;
    private long _lastFailure;
    private long _nextTry;

    public BudgetKeeper(IBudgetStore store, BudgetStoreOptions options, TimeProvider timeProvider, ILogger logger)
    {
        (_store, _options, _timeProvider, _logger) = (store, options, timeProvider, logger);
        _outbox = new SettlementOutbox(TryTellAsync, MayAsk, isBounded: options.FailOpen, new SettlementLosses(timeProvider, logger), timeProvider);
    }

    /// <summary>What became of a budget's money; null = the store does not tell. That somebody looks is no outage.</summary>
    public async ValueTask<BudgetBalance?> BalanceAsync(BudgetLimit budget, CancellationToken cancellationToken)
    {
        try
        {
            return await _store.GetBalanceAsync(budget, cancellationToken).AsTask().OrAbandonAsync(_options.Timeout, _timeProvider, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    public BudgetReservation Create(decimal usd, IReadOnlyList<BudgetLimit> budgets) => new(Guid.NewGuid(), usd, _options.ReservationLifetime, budgets);

    /// <returns>The decision; null = the store gave none and the policy is to stop.</returns>
    /// <exception cref="OperationCanceledException">The caller cancelled; nothing stays reserved.</exception>
    public async ValueTask<BudgetDecision?> ReserveAsync(BudgetReservation reservation, CancellationToken cancellationToken)
    {
        if (_outbox.IsFull && !_options.FailOpen)
        {
            return null;
        }

        if (MayAsk())
        {
            try
            {
                var asked = _store.ReserveAsync(reservation, cancellationToken);
                var decision = asked.IsCompletedSuccessfully
                    ? asked.Result
                    : await asked.AsTask().OrAbandonAsync(_options.Timeout, _timeProvider, cancellationToken).ConfigureAwait(false);
                Answered();
                return decision;
            }
            catch (Exception exception)
            {
                var cancelled = cancellationToken.IsCancellationRequested;
                if (!cancelled)
                {
                    Failed(exception);
                }

                if (cancelled || !_options.FailOpen)
                {
                    // It may have arrived anyway.
                    Release(reservation);
                }

                cancellationToken.ThrowIfCancellationRequested();
            }
        }

        return _options.FailOpen ? BudgetDecision.Granted : null;
    }

    /// <summary>Goes on in the background where the store takes its time, and until it confirms.</summary>
    public void Settle(BudgetReservation reservation, decimal usd) => Tell(new Settlement(reservation, Math.Max(0m, usd)));

    /// <summary>Goes on in the background where the store takes its time, and until it confirms.</summary>
    public void Release(BudgetReservation reservation) => Tell(new Settlement(reservation, null));

    /// <summary>Waits until the store has confirmed what is settled so far, as long as the options say.</summary>
    public Task CloseAsync() => _outbox.CloseAsync(_options.ShutdownTimeout);

    private void Tell(in Settlement settlement)
    {
        if (!MayAsk())
        {
            _outbox.Keep(settlement);
            return;
        }

        var told = TryTellAsync(settlement);
        if (!told.IsCompleted)
        {
            _outbox.Begin(settlement);
            _ = AwaitAsync(told, settlement);
        }
        else if (!told.Result)
        {
            _outbox.Keep(settlement);
        }
    }

    private async Task AwaitAsync(ValueTask<bool> told, Settlement settlement)
    {
        if (await told.ConfigureAwait(false))
        {
            _outbox.Confirm(settlement);
        }
        else
        {
            _outbox.Keep(settlement);
        }
    }

    /// <returns>Whether the store has confirmed.</returns>
    private async ValueTask<bool> TryTellAsync(Settlement settlement)
    {
        try
        {
            var told = settlement.TellAsync(_store);
            if (!told.IsCompletedSuccessfully)
            {
                await told.AsTask().OrAbandonAsync(_options.Timeout, _timeProvider).ConfigureAwait(false);
            }

            Answered();
        }
        catch (Exception exception)
        {
            Failed(exception);
            return false;
        }

        _ = ShowAsync(settlement.Reservation.Budgets);
        return true;
    }

    /// <summary>Measures what is left, where somebody looks at that. Scopes are left out: there may be as many as there are users.</summary>
    private async Task ShowAsync(IReadOnlyList<BudgetLimit> budgets)
    {
        try
        {
            for (var i = 0; PromptTelemetry.ShowsBudgets && i < budgets.Count; i++)
            {
                if (!budgets[i].Key.Contains(NamedBudget.ScopeMark, StringComparison.Ordinal))
                {
                    var balance = await _store.GetBalanceAsync(budgets[i]).AsTask().OrAbandonAsync(_options.Timeout, _timeProvider).ConfigureAwait(false);
                    PromptTelemetry.BudgetRemaining(budgets[i].Key, Math.Max(0m, budgets[i].MaxUsd - balance.SpentUsd - balance.ReservedUsd));
                }
            }
        }
        catch (Exception)
        {
            // That somebody looks must not make the difference between a store that works and one that is down.
        }
    }

    /// <summary>In an outage one operation per pause finds out whether it is over.</summary>
    private bool MayAsk()
    {
        if (Volatile.Read(ref _failures) < FailuresUntilPause)
        {
            return true;
        }

        var now = _timeProvider.GetTimestamp();
        var next = Volatile.Read(ref _nextTry);
        return now >= next && Interlocked.CompareExchange(ref _nextTry, now + _timeProvider.Ticks(Pause), next) == next;
    }

    private void Answered()
    {
        if (Volatile.Read(ref _failures) != 0)
        {
            Volatile.Write(ref _failures, 0);
        }

        if (Volatile.Read(ref _reported) != 0
            && _timeProvider.GetTimestamp() - Volatile.Read(ref _lastFailure) >= _timeProvider.Ticks(Recovery)
            && Interlocked.Exchange(ref _reported, 0) != 0)
        {
            TelemetryLog.BudgetStoreBack(_logger);
        }
    }

    private void Failed(Exception exception)
    {
        var now = _timeProvider.GetTimestamp();
        Volatile.Write(ref _lastFailure, now);
        Volatile.Write(ref _nextTry, now + _timeProvider.Ticks(Pause));
        Interlocked.Increment(ref _failures);
        if (Interlocked.Exchange(ref _reported, 1) == 0)
        {
            TelemetryLog.BudgetStoreDown(_logger, exception.GetType().Name, _options.FailOpen ? "are made without being counted" : "end with BudgetExceeded");
        }
    }
}
