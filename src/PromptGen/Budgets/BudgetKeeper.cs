using Microsoft.Extensions.Logging;
using PromptGen.Telemetry;
using PromptGen.Timing;

namespace PromptGen.Budgets;

/// <summary>
/// Stands between calls and the store: waits for it as long as the options say, applies their policy where it fails, and says so once per
/// outage. Thread-safe.
/// </summary>
internal sealed class BudgetKeeper(IBudgetStore store, BudgetStoreOptions options, TimeProvider timeProvider, ILogger logger)
{
    private const int FailuresUntilPause = 5;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>A store that only answers now and then is one outage, not many.</summary>
    private static readonly TimeSpan Recovery = TimeSpan.FromSeconds(10);

    private int _failures;
    private int _reported;
    private long _lastFailure;
    private long _nextTry;

    public BudgetReservation Create(decimal usd, IReadOnlyList<BudgetLimit> budgets) => new(Guid.NewGuid(), usd, options.ReservationLifetime, budgets);

    /// <returns>The decision; null = the store gave none and the policy is to stop.</returns>
    /// <exception cref="OperationCanceledException">The caller cancelled; nothing stays reserved.</exception>
    public async ValueTask<BudgetDecision?> ReserveAsync(BudgetReservation reservation, CancellationToken cancellationToken)
    {
        if (MayAsk())
        {
            try
            {
                var asked = store.ReserveAsync(reservation, cancellationToken);
                var decision = asked.IsCompletedSuccessfully
                    ? asked.Result
                    : await asked.AsTask().OrAbandonAsync(options.Timeout, timeProvider, cancellationToken).ConfigureAwait(false);
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

                if (cancelled || !options.FailOpen)
                {
                    // It may have arrived all the same.
                    Release(reservation);
                }

                cancellationToken.ThrowIfCancellationRequested();
            }
        }

        return options.FailOpen ? BudgetDecision.Granted : null;
    }

    /// <summary>Goes on in the background where the store takes its time.</summary>
    public void Settle(BudgetReservation reservation, decimal usd) => _ = TellAsync(reservation, Math.Max(0m, usd));

    /// <summary>Goes on in the background where the store takes its time.</summary>
    public void Release(BudgetReservation reservation) => _ = TellAsync(reservation, null);

    private async Task TellAsync(BudgetReservation reservation, decimal? usd)
    {
        if (!MayAsk())
        {
            return;
        }

        try
        {
            var told = usd is { } spent ? store.SettleAsync(reservation, spent) : store.ReleaseAsync(reservation);
            if (!told.IsCompletedSuccessfully)
            {
                await told.AsTask().OrAbandonAsync(options.Timeout, timeProvider).ConfigureAwait(false);
            }

            Answered();
            await ShowAsync(reservation.Budgets).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            Failed(exception);
        }
    }

    /// <summary>Measures what is left, where somebody looks at that. Scopes are left out: there may be as many as there are users.</summary>
    private async ValueTask ShowAsync(IReadOnlyList<BudgetLimit> budgets)
    {
        try
        {
            for (var i = 0; PromptTelemetry.ShowsBudgets && i < budgets.Count; i++)
            {
                if (!budgets[i].Key.Contains(NamedBudget.ScopeMark, StringComparison.Ordinal))
                {
                    var balance = await store.GetBalanceAsync(budgets[i]).AsTask().OrAbandonAsync(options.Timeout, timeProvider).ConfigureAwait(false);
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

        var now = timeProvider.GetTimestamp();
        var next = Volatile.Read(ref _nextTry);
        return now >= next && Interlocked.CompareExchange(ref _nextTry, now + timeProvider.Ticks(Pause), next) == next;
    }

    private void Answered()
    {
        if (Volatile.Read(ref _failures) != 0)
        {
            Volatile.Write(ref _failures, 0);
        }

        if (Volatile.Read(ref _reported) != 0
            && timeProvider.GetTimestamp() - Volatile.Read(ref _lastFailure) >= timeProvider.Ticks(Recovery)
            && Interlocked.Exchange(ref _reported, 0) != 0)
        {
            TelemetryLog.BudgetStoreBack(logger);
        }
    }

    private void Failed(Exception exception)
    {
        var now = timeProvider.GetTimestamp();
        Volatile.Write(ref _lastFailure, now);
        Volatile.Write(ref _nextTry, now + timeProvider.Ticks(Pause));
        Interlocked.Increment(ref _failures);
        if (Interlocked.Exchange(ref _reported, 1) == 0)
        {
            TelemetryLog.BudgetStoreDown(logger, exception.GetType().Name, options.FailOpen ? "are made without being counted" : "end with BudgetExceeded");
        }
    }
}
