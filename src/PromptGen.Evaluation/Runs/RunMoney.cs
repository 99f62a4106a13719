namespace PromptGen.Evaluation;

/// <summary>The money of a run: what is spent, what may have been, and what is left.</summary>
/// <param name="max">The most that all arms may spend; null = no limit.</param>
/// <param name="journal">The requests of this run and of earlier ones.</param>
internal sealed class RunMoney(decimal? max, IPromptJournal journal)
{
    private readonly Dictionary<ArmRun, PromptCost> _kept = [];
    private readonly Dictionary<(ArmRun Arm, string Call), CallMoney> _calls = [];

    /// <summary>What all arms have cost. A request whose cost is not known, since it was cancelled, timed out or its process was killed, counts with the worst case of its call.</summary>
    public PromptCost Spent => _calls.Values.Select(static call => call.Known + call.Doubtful).Concat(_kept.Values).Aggregate(PromptCost.Zero, static (sum, cost) => sum + cost);

    /// <summary>The same in USD, without the answers of the journal that the pipelines book again.</summary>
    public decimal SettledUsd => _kept.Values.Sum(static cost => cost.Usd) + _calls.Values.Sum(static call => call.Doubtful.Usd);

    /// <summary>What may be spent on requests that are not in the journal; null = no limit.</summary>
    public decimal? Free => max is { } most ? Math.Max(0, most - Spent.Usd) : null;

    /// <summary>Counts what an arm has spent on results before, and on requests of the calls that had no result when the run began.</summary>
    public Task CountAsync(ArmRun arm, CancellationToken cancellationToken)
    {
        _kept[arm] = arm.Kept.Aggregate(PromptCost.Zero, static (sum, result) => sum + result.Cost + result.MetricCost);
        return CountAsync(arm, arm.Left, cancellationToken);
    }

    /// <summary>Counts calls again that have been made.</summary>
    public async Task CountAsync(ArmRun arm, IEnumerable<EvaluationCall> calls, CancellationToken cancellationToken)
    {
        foreach (var call in calls)
        {
            var (known, doubtful) = (PromptCost.Zero, 0);
            foreach (var entry in await journal.ReadAsync(arm.JournalItemOf(call), cancellationToken).ConfigureAwait(false))
            {
                known += entry.Cost.IsComplete ? entry.Cost : PromptCost.Zero;
                doubtful += entry.Cost.IsComplete ? 0 : 1;
            }

            _calls[(arm, call.Key)] = new(known, doubtful > 0 ? await arm.WorstCaseAsync([.. Enumerable.Repeat(call, doubtful)], cancellationToken).ConfigureAwait(false) : PromptCost.Zero);
        }
    }

    /// <summary>What a call has cost before, in USD. A pipeline that makes it books that again, and must find room for it.</summary>
    public decimal KnownOf(ArmRun arm, EvaluationCall call) => _calls[(arm, call.Key)].Known.Usd;

    private readonly record struct CallMoney(PromptCost Known, PromptCost Doubtful);
}
