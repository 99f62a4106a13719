namespace PromptGen.Evaluation;

/// <summary>The money of a run: what is spent, what may have been, and what is left.</summary>
/// <param name="max">The most that all arms may spend; null = no limit.</param>
/// <param name="journal">The requests of this run and of earlier ones.</param>
internal sealed class RunMoney(decimal? max, IPromptJournal journal)
{
    private readonly Dictionary<ArmRun, ArmMoney> _arms = [];

    /// <summary>What all arms have cost. A request whose cost is not known, since it was cancelled, timed out or its process was killed, counts with the worst case of its call.</summary>
    public PromptCost Spent => _arms.Values.Aggregate(PromptCost.Zero, static (sum, arm) => sum + arm.All);

    /// <summary>The same in USD, without the answers of the journal that the pipelines book again.</summary>
    public decimal SettledUsd => _arms.Values.Sum(static arm => arm.Kept.Usd + arm.Doubtful.Usd);

    /// <summary>Counts what an arm has spent: on results, and on requests of the calls that had no result when the run began.</summary>
    public async Task CountAsync(ArmRun arm, CancellationToken cancellationToken)
    {
        var known = PromptCost.Zero;
        var doubtful = new List<EvaluationCall>();
        foreach (var call in arm.Left)
        {
            foreach (var entry in await journal.ReadAsync(arm.JournalItemOf(call), cancellationToken).ConfigureAwait(false))
            {
                if (entry.Cost.IsComplete)
                {
                    known += entry.Cost;
                }
                else
                {
                    doubtful.Add(call);
                }
            }
        }

        _arms[arm] = new(
            arm.Kept.Aggregate(PromptCost.Zero, static (sum, result) => sum + result.Cost),
            known,
            doubtful.Count > 0 ? await arm.WorstCaseAsync(doubtful, cancellationToken).ConfigureAwait(false) : PromptCost.Zero);
    }

    /// <summary>What an arm may spend; null = no limit. Its pipeline books the answers of its journal again, and must find room for them.</summary>
    public decimal? RoomOf(ArmRun arm) => max is { } most ? Math.Max(0, most - Spent.Usd + _arms[arm].Known.Usd) : null;

    private readonly record struct ArmMoney(PromptCost Kept, PromptCost Known, PromptCost Doubtful)
    {
        public PromptCost All => Kept + Known + Doubtful;
    }
}
