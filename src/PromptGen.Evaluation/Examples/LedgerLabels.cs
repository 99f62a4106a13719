namespace PromptGen.Evaluation;

/// <summary>
/// Labels for a router from the calls of a ledger that keeps content. A model was wrong where its answer was rejected; where its answer was given, or won a vote, the verdicts on the call say
/// whether it was right. Calls of one prompt with the same text are one example.
/// </summary>
/// <param name="Examples">The examples for which both models are known.</param>
/// <param name="Calls">How many calls were read.</param>
/// <param name="WithoutText">Calls whose text is not kept, or the same in all calls of their prompt.</param>
/// <param name="Assumed">Examples whose strong model was not asked: it is taken to be right where the weak one is, since a router has nothing to gain from it there.</param>
/// <param name="LeftOut">Texts of which only one of the models is known.</param>
/// <param name="Date">The day of the latest call, in UTC; null where no call was read.</param>
public sealed record LedgerLabels(IReadOnlyList<RouterExample> Examples, int Calls, int WithoutText, int Assumed, int LeftOut, DateOnly? Date)
{
    /// <summary>Reads labels.</summary>
    /// <param name="calls">The calls with their verdicts.</param>
    /// <param name="weakModel">The id of the cheap model.</param>
    /// <param name="strongModel">The id of the strong model.</param>
    /// <param name="rightFrom">The least mean score of its verdicts at which an answer is right, above 0, at most 1.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The labels.</returns>
    /// <exception cref="ArgumentException">The two models are the same.</exception>
    public static async Task<LedgerLabels> ReadAsync(
        IAsyncEnumerable<CallRecord> calls, string weakModel, string strongModel, double rightFrom = 0.5, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(calls);
        if (weakModel == strongModel)
        {
            throw new ArgumentException("A router chooses between two models: the weak and the strong one are the same.", nameof(strongModel));
        }

        var collector = new LabelCollector(weakModel, strongModel, rightFrom);
        await foreach (var call in calls.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            collector.Add(call);
        }

        return collector.Labels();
    }
}
