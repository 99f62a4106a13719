namespace PromptGen.Evaluation;

/// <summary>The money of a run: what is spent, what may have been, and what is left.</summary>
/// <param name="max">The most that all arms may spend; null = no limit.</param>
/// <param name="kept">What the results of earlier runs have cost.</param>
/// <param name="journal">The requests of this run and of earlier ones.</param>
internal sealed class RunMoney(decimal? max, PromptCost kept, IPromptJournal journal)
{
    private readonly Dictionary<ArmPart, PartMoney> _parts = [];

    /// <summary>What all arms have cost. A request whose cost is not known, since it was cancelled, timed out or its process was killed, counts with the worst case of its call.</summary>
    public PromptCost Spent => _parts.Values.Aggregate(kept, static (sum, part) => sum + part.Known + part.Doubtful);

    /// <summary>The same in USD, without the answers of the journal that the pipelines book again.</summary>
    public decimal SettledUsd => kept.Usd + _parts.Values.Sum(static part => part.Doubtful.Usd);

    /// <summary>Counts what the requests of calls have cost that had no result when the run began.</summary>
    public async Task CountAsync(ArmPart part, CancellationToken cancellationToken)
    {
        var known = PromptCost.Zero;
        var doubtful = new List<EvaluationCall>();
        foreach (var call in part.Calls)
        {
            foreach (var entry in await journal.ReadAsync(part.Arm.JournalItemOf(call), cancellationToken).ConfigureAwait(false))
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

        _parts[part] = new(known, doubtful.Count > 0 ? await part.Arm.WorstCaseAsync(doubtful, cancellationToken).ConfigureAwait(false) : PromptCost.Zero);
    }

    /// <summary>What calls may cost; null = no limit. Their pipeline books the answers of the journal again, and must find room for them.</summary>
    public decimal? RoomOf(ArmPart part) => max is { } most ? Math.Max(0, most - Spent.Usd + _parts[part].Known.Usd) : null;

    private readonly record struct PartMoney(PromptCost Known, PromptCost Doubtful);
}
