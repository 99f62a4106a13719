using Microsoft.Extensions.Logging;
using PromptGen.Telemetry;
using PromptGen.Timing;

namespace PromptGen.Budgets;

/// <summary>What was spent and is not counted because its settlement was given up: measured at once, logged every ten seconds and at the end. Thread-safe.</summary>
internal sealed class SettlementLosses(TimeProvider timeProvider, ILogger logger)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private readonly object _lock = new();
    private readonly SortedDictionary<string, (int Count, decimal Usd)> _byBudget = new(StringComparer.Ordinal);
    private long? _reportedAt;

    /// <summary>A settlement is given up. One without an amount is no loss: its reservation expires.</summary>
    public void Add(in Settlement settlement)
    {
        if (settlement.Usd is not { } spent || spent == 0m)
        {
            return;
        }

        lock (_lock)
        {
            foreach (var budget in settlement.Reservation.Budgets)
            {
                var name = NamedBudget.NameIn(budget.Key);
                var (count, sum) = _byBudget.GetValueOrDefault(name);
                _byBudget[name] = (count + 1, sum + spent);
                PromptTelemetry.BudgetLost(name, spent);
            }

            if (_reportedAt is not { } last || timeProvider.GetTimestamp() - last >= timeProvider.Ticks(Interval))
            {
                Report();
            }
        }
    }

    /// <summary>Logs what was given up since the last report, by budget.</summary>
    public void Report()
    {
        lock (_lock)
        {
            foreach (var (budget, (count, usd)) in _byBudget)
            {
                TelemetryLog.SettlementsLost(logger, count, budget, new PromptCost(usd, IsComplete: true));
            }

            if (_byBudget.Count > 0)
            {
                _byBudget.Clear();
                _reportedAt = timeProvider.GetTimestamp();
            }
        }
    }
}
