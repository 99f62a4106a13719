using System.Diagnostics;
using PromptGen.Sqlite;

namespace PromptGen.Tests.Sqlite;

/// <summary>How long a transaction waits for the values that are about to come.</summary>
public sealed class CommitGatheringTests
{
    private static readonly long Long = 60 * Stopwatch.Frequency;

    [Fact]
    public void The_first_transaction_waits_for_nothing() => Assert.Equal(1, new CommitGathering().Gather(1, static () => throw new InvalidOperationException()));

    [Fact]
    public void A_transaction_waits_until_as_many_have_come_as_the_last_one_had_and_left_waiting()
    {
        var gathering = new CommitGathering();
        gathering.Committed(count: 5, waiting: 3, Long);
        var came = 0;

        Assert.Equal(8, gathering.Gather(3, () => came++ < 2 ? 0 : 1));
        Assert.Equal(7, came);
    }

    [Fact]
    public void More_than_expected_do_not_wait()
    {
        var gathering = new CommitGathering();
        gathering.Committed(count: 2, waiting: 0, Long);

        Assert.Equal(2, gathering.Gather(2, static () => throw new InvalidOperationException()));
    }

    [Fact]
    public void After_a_wait_without_effect_the_next_transactions_do_not_wait()
    {
        var gathering = new CommitGathering();
        gathering.Committed(count: 4, waiting: 0, ticks: 0);
        Assert.Equal(1, gathering.Gather(1, static () => 0));

        gathering.Committed(count: 4, waiting: 0, Long);
        for (var i = 0; i < 16; i++)
        {
            Assert.Equal(1, gathering.Gather(1, static () => throw new InvalidOperationException()));
        }

        Assert.Equal(4, gathering.Gather(1, static () => 1));
    }
}
