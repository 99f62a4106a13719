using Microsoft.Extensions.Logging;
using PromptGen.Telemetry;
using PromptGen.Timing;

namespace PromptGen.Budgets;

/// <summary>
/// Calls the store on behalf of calls: waits for it as long as the options specify, applies their policy where it fails, and reports each
/// outage once. Thread-safe.
/// </summary>
internal sealed class BudgetKeeper
{
    private readonly IBudgetStore _store;
    private readonly BudgetStoreOptions _options;
    private readonly TimeProvider _timeProvider;
    private readonly StoreOutage _outage;
    private readonly SettlementOutbox _outbox;

    public BudgetKeeper(IBudgetStore store, BudgetStoreOptions options, TimeProvider timeProvider, ILogger logger)
    {
        (_store, _options, _timeProvider) = (store, options, timeProvider);
        _outage = new StoreOutage(
            timeProvider,
            exception => TelemetryLog.BudgetStoreDown(logger, exception.GetType().Name, options.FailOpen ? "are made without being counted" : "end with BudgetExceeded"),
            () => TelemetryLog.BudgetStoreBack(logger));
        _outbox = new SettlementOutbox(TrySendAsync, _outage.MayAsk, isBounded: options.FailOpen, new SettlementLosses(timeProvider, logger), timeProvider);
    }

    /// <summary>The balance of a budget; null = the store does not report it. A failure here does not count as an outage.</summary>
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

        if (_outage.MayAsk())
        {
            try
            {
                var asked = _store.ReserveAsync(reservation, cancellationToken);
                var decision = asked.IsCompletedSuccessfully
                    ? asked.Result
                    : await asked.AsTask().OrAbandonAsync(_options.Timeout, _timeProvider, cancellationToken).ConfigureAwait(false);
                _outage.Answered();
                return decision;
            }
            catch (Exception exception)
            {
                var cancelled = cancellationToken.IsCancellationRequested;
                if (!cancelled)
                {
                    _outage.Failed(exception);
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
    public void Settle(BudgetReservation reservation, decimal usd) => Send(new Settlement(reservation, Math.Max(0m, usd)));

    /// <summary>Goes on in the background where the store takes its time, and until it confirms.</summary>
    public void Release(BudgetReservation reservation) => Send(new Settlement(reservation, null));

    /// <summary>Waits until the store has confirmed what is settled so far, as long as the options say.</summary>
    public Task CloseAsync() => _outbox.CloseAsync(_options.ShutdownTimeout);

    private void Send(in Settlement settlement)
    {
        if (!_outage.MayAsk())
        {
            _outbox.Keep(settlement);
            return;
        }

        var sending = TrySendAsync(settlement);
        if (!sending.IsCompleted)
        {
            _outbox.Begin(settlement);
            _ = AwaitAsync(sending, settlement);
        }
        else if (!sending.Result)
        {
            _outbox.Keep(settlement);
        }
    }

    private async Task AwaitAsync(ValueTask<bool> sending, Settlement settlement)
    {
        if (await sending.ConfigureAwait(false))
        {
            _outbox.Confirm(settlement);
        }
        else
        {
            _outbox.Keep(settlement);
        }
    }

    /// <returns>Whether the store has confirmed.</returns>
    private async ValueTask<bool> TrySendAsync(Settlement settlement)
    {
        try
        {
            var sending = settlement.SendAsync(_store);
            if (!sending.IsCompletedSuccessfully)
            {
                await sending.AsTask().OrAbandonAsync(_options.Timeout, _timeProvider).ConfigureAwait(false);
            }

            _outage.Answered();
        }
        catch (Exception exception)
        {
            _outage.Failed(exception);
            return false;
        }

        _ = ShowAsync(settlement.Reservation.Budgets);
        return true;
    }

    /// <summary>Measures what is left where a listener records it. Scopes are left out: there may be as many as there are users.</summary>
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
            // A listener must not make the difference between a store that works and one that is down.
        }
    }
}
