using System.Diagnostics;

namespace PromptGen.Sqlite;

/// <summary>
/// Decides how long a transaction waits for more values. Where each commit waits for the disk, the writers of the last commit write their next values at about the same time: a transaction that
/// began with the first of these would need one more commit for the others. It waits for as many values as the last commit had, at most for half the time of a commit. After a wait without
/// success it does not wait for the next few transactions: writers that wait for a model write later. For one thread at a time.
/// </summary>
internal sealed class CommitGathering
{
    private const int TransactionsWithoutWait = 16;

    private int _expected;
    private int _pause;
    private long _commitTicks;

    /// <summary>Adds the values that are about to come.</summary>
    /// <param name="count">How many values the transaction has.</param>
    /// <param name="take">Takes those that wait.</param>
    /// <returns>How many it has then.</returns>
    public int Gather(int count, Func<int> take)
    {
        if (count >= _expected)
        {
            return count;
        }

        if (_pause > 0)
        {
            _pause--;
            return count;
        }

        var (start, wait) = (Stopwatch.GetTimestamp(), new SpinWait());
        while (count < _expected && Stopwatch.GetTimestamp() - start < _commitTicks / 2)
        {
            wait.SpinOnce(sleep1Threshold: -1);
            count += take();
        }

        _pause = count < _expected ? TransactionsWithoutWait : 0;
        return count;
    }

    /// <summary>A transaction was committed.</summary>
    /// <param name="count">How many values it had.</param>
    /// <param name="waiting">How many wait already: the next one has them and those of this one.</param>
    /// <param name="ticks">How long it took, as <see cref="Stopwatch"/> counts.</param>
    public void Committed(int count, int waiting, long ticks) => (_expected, _commitTicks) = (count + waiting, ticks);
}
