using PromptGen.Ensembles;

namespace PromptGen.Tests.Ensembles;

/// <summary>Who is asked, when the outcome is certain, and what it is: drawn at random and compared with a count of all votes.</summary>
public sealed class ElectionTests
{
    [Theory]
    [InlineData(2, null, 2)]
    [InlineData(3, null, 2)]
    [InlineData(4, null, 3)]
    [InlineData(5, null, 3)]
    [InlineData(5, 5, 5)]
    public void As_many_are_asked_first_as_can_decide(int voters, int? quorum, int asked) => Assert.Equal(asked, Equal(voters, quorum).Open(all: false));

    [Fact]
    public void Weighty_members_need_no_company()
    {
        Assert.Equal(1, new Election([5, 1, 1], null).Open(all: false));
        Assert.Equal(3, new Election([1, 1, 5], null).Open(all: false));
    }

    [Fact]
    public void After_a_split_one_more_is_asked_at_a_time()
    {
        var election = Equal(5, null);
        election.Open(all: false);
        election.Vote(0, "a", 1);
        Assert.Null(election.Next(replaces: false));
        election.Vote(1, "b", 1);
        election.Vote(2, "c", 1);

        Assert.Equal(3, election.Next(replaces: false));
        Assert.Null(election.Next(replaces: false));
        election.Vote(3, "d", 1);

        // Four different answers: none can have three votes, so the fifth member is not asked.
        Assert.True(election.IsOver);
        Assert.Null(election.Winner);
        Assert.Null(election.Next(replaces: false));
    }

    [Fact]
    public void A_member_without_a_vote_is_replaced_at_once_where_the_others_cannot_decide()
    {
        var election = Equal(3, null);
        election.Open(all: false);
        election.Abstain(0);

        Assert.Equal(2, election.Next(replaces: true));

        election = Equal(3, null);
        election.Open(all: true);
        election.Abstain(0);

        Assert.Null(election.Next(replaces: true));
    }

    [Fact]
    public void Members_without_a_vote_count_as_votes_for_no_answer()
    {
        var election = Equal(3, null);
        election.Open(all: true);
        election.Abstain(0);
        election.Abstain(1);

        Assert.True(election.IsOver);
        election.Vote(2, "a", 1);
        Assert.Null(election.Winner);
    }

    [Fact]
    public void Nothing_wins_by_votes_that_weigh_nothing()
    {
        var election = new Election([1, 1, 1], 2);
        election.Open(all: true);
        election.Vote(0, "a", 0);
        election.Vote(1, "a", 0);
        election.Vote(2, "b", 0);

        Assert.True(election.IsOver);
        Assert.Null(election.Winner);
        Assert.Null(election.Agreement);
    }

    /// <summary>In every order of answers a vote ends with the answer that a count of all votes gives, and the same for all at once and one by one.</summary>
    [Fact]
    public void The_outcome_is_that_of_a_count_of_all_votes()
    {
        var random = new Random(14);
        for (var round = 0; round < 20_000; round++)
        {
            var voters = random.Next(2, 8);
            var weights = Enumerable.Range(0, voters).Select(_ => random.Next(3) == 0 ? random.NextDouble() * 3 : 1).ToArray();
            var most = random.Next(2) == 0 ? weights : [.. weights.Select(static weight => Math.Max(weight, 1.5))];
            var quorum = random.Next(2) == 0 ? (int?)random.Next((voters / 2) + 1, voters + 1) : null;
            var votes = Enumerable.Range(0, voters).Select(_ => random.Next(6) == 0 ? null : "abc"[random.Next(3)].ToString()).ToArray();

            var eager = Run(most, quorum, weights, votes, all: true, random);
            var lazy = Run(most, quorum, weights, votes, all: false, random);

            var expected = Count(most, quorum, weights, votes);
            Assert.Equal(expected, eager.Winner);
            Assert.Equal(expected, lazy.Winner);
            Assert.True(eager.IsOver && lazy.IsOver);
        }
    }

    private static Election Equal(int voters, int? quorum) => new(Enumerable.Repeat(1d, voters).ToArray(), quorum);

    private static Election Run(double[] most, int? quorum, double[] weights, string?[] votes, bool all, Random random)
    {
        var election = new Election(most, quorum);
        var pending = Enumerable.Range(0, election.Open(all)).ToList();
        while (pending.Count > 0)
        {
            var voter = pending[random.Next(pending.Count)];
            pending.Remove(voter);
            if (votes[voter] is { } choice)
            {
                election.Vote(voter, choice, weights[voter]);
            }
            else
            {
                election.Abstain(voter);
            }

            if (election.IsOver)
            {
                return election;
            }

            if (election.Next(replaces: votes[voter] is null) is { } next)
            {
                pending.Add(next);
            }
        }

        return election;
    }

    private static string? Count(double[] most, int? quorum, double[] weights, string?[] votes)
    {
        var whole = votes.Select((vote, voter) => vote is null ? most[voter] : weights[voter]).Sum();
        return votes
            .Select((vote, voter) => (Vote: vote, Weight: weights[voter]))
            .Where(static voter => voter.Vote is not null)
            .GroupBy(static voter => voter.Vote, static voter => voter.Weight)
            .Where(group => group.Sum() > 0 && (quorum is { } number ? group.Sum() * votes.Length >= (number * whole) - 1e-9 : group.Sum() * 2 > whole + 1e-9))
            .MaxBy(static group => group.Sum())?.Key;
    }
}
