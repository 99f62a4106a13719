namespace PromptGen.Ensembles;

/// <summary>
/// Counts votes: which answer has won, whether one still can, and who is to be asked next. An answer wins when the weight behind it is enough of all weight that there can be,
/// so that no later vote changes the outcome; a member without a vote counts as one for no answer. Not thread-safe.
/// </summary>
/// <param name="most">The greatest weight that the vote of each member can have.</param>
/// <param name="quorum">How many votes of equal weight an answer needs; null = more than half.</param>
/// <param name="isJudged">Whether all members are asked and a judge selects among their answers; the quorum then is how many answers it needs.</param>
internal sealed class Election(double[] most, int? quorum, bool isJudged = false)
{
    private readonly Voter[] _voters = new Voter[most.Length];

    /// <summary>The weight that all votes together can still have, those that are missing with their greatest weight.</summary>
    private double _whole = Sum(most);

    /// <summary>What of <see cref="_whole"/> has not voted and can.</summary>
    private double _open = Sum(most);
    private int _asked;
    private int _pending;

    private enum State : byte
    {
        NotAsked,
        Asked,
        Voted,
        Abstained,
    }

    /// <summary>The answer that has won; null = none has.</summary>
    public string? Winner { get; private set; }

    /// <summary>Whether no further vote changes the outcome.</summary>
    public bool IsOver { get; private set; }

    /// <summary>The weight behind the winner, of the weight of all votes; null = nothing has won, or no vote weighs anything.</summary>
    public double? Agreement
    {
        get
        {
            var counted = 0d;
            foreach (var voter in _voters)
            {
                counted += voter.Weight;
            }

            return Winner is null || counted == 0 ? null : WeightBehind(Winner) / counted;
        }
    }

    /// <summary>Who is asked at the beginning: as many as can decide.</summary>
    /// <param name="all">Whether all are asked.</param>
    /// <returns>How many, from the first on.</returns>
    public int Open(bool all)
    {
        var weight = 0d;
        while (_asked < most.Length && (all || isJudged || !IsEnough(weight)))
        {
            weight += most[_asked];
            Ask();
        }

        return _asked;
    }

    /// <summary>Who is asked next: one more where all have voted, and one in place of a member without a vote where the others cannot decide.</summary>
    /// <param name="replaces">Whether the latest member had no vote.</param>
    /// <returns>The voter; null where none is to be asked now.</returns>
    public int? Next(bool replaces)
    {
        if (IsOver || _asked == most.Length)
        {
            return null;
        }

        return _pending == 0 || (replaces && !IsEnough(Leader().Weight + Pending())) ? Ask() : null;
    }

    /// <summary>A member has voted.</summary>
    public void Vote(int voter, string choice, double weight)
    {
        _whole += weight - most[voter];
        End(voter, new Voter(State.Voted, choice, weight));
    }

    /// <summary>A member has no vote.</summary>
    public void Abstain(int voter)
    {
        End(voter, new Voter(State.Abstained, null, 0));
    }

    /// <summary>The first member that voted for the winner.</summary>
    public int FirstBehindWinner => FirstBehind(Winner);

    /// <summary>The first member behind the answer with the most weight; null = no member has voted.</summary>
    public int? FirstBehindLeader => Leader().Choice is { } leader ? FirstBehind(leader) : null;

    /// <summary>How many were asked, from the first on.</summary>
    public int Asked => _asked;

    /// <summary>Whether a member has a vote.</summary>
    public bool HasVoted(int voter) => _voters[voter].State == State.Voted;

    /// <summary>What a member voted; null = it has no vote.</summary>
    public (string Choice, double Weight)? VoteOf(int voter) => _voters[voter] is { State: State.Voted, Choice: { } choice, Weight: var weight } ? (choice, weight) : null;

    private static double Sum(double[] weights)
    {
        var sum = 0d;
        foreach (var weight in weights)
        {
            sum += weight;
        }

        return sum;
    }

    private void End(int voter, in Voter ended)
    {
        _voters[voter] = ended;
        _open -= most[voter];
        _pending--;
        Count();
    }

    /// <summary>The greatest weight of the votes that are asked for and not there yet.</summary>
    private double Pending()
    {
        var sum = 0d;
        for (var i = 0; i < _asked; i++)
        {
            sum += _voters[i].State == State.Asked ? most[i] : 0;
        }

        return sum;
    }

    private int Ask()
    {
        _voters[_asked] = new Voter(State.Asked, null, 0);
        _pending++;
        return _asked++;
    }

    /// <summary>The voters with different answers, each the first of its answer; empty where there are fewer answers than the quorum.</summary>
    public IReadOnlyList<int> Candidates()
    {
        var voted = _voters.Count(static voter => voter.State == State.Voted);
        return voted < (quorum ?? (most.Length / 2) + 1) ? [] : [.. Enumerable.Range(0, _asked).Where(voter => _voters[voter].Choice is { } choice && FirstBehind(choice) == voter)];
    }

    /// <summary>A judge has selected the answer of a voter.</summary>
    public void Select(int voter) => (Winner, IsOver) = (_voters[voter].Choice, true);

    private void Count()
    {
        if (isJudged)
        {
            IsOver = _asked == most.Length && _pending == 0;
            return;
        }

        var (leader, lead) = Leader();
        if (leader is not null && IsEnough(lead))
        {
            (Winner, IsOver) = (leader, true);
            return;
        }

        IsOver = !IsEnough(lead + _open) || (_asked == most.Length && _pending == 0);
    }

    /// <summary>The answer with the most weight, of several the first one; null = there is no vote.</summary>
    private (string? Choice, double Weight) Leader()
    {
        var (leader, lead) = (default(string), 0d);
        foreach (ref readonly var voter in _voters.AsSpan())
        {
            // Most members vote alike: the weight behind an answer is counted once.
            if (voter.Choice is { } choice && !ReferenceEquals(choice, leader) && WeightBehind(choice) is var weight && (leader is null || weight > lead))
            {
                (leader, lead) = (choice, weight);
            }
        }

        return (leader, lead);
    }

    private int FirstBehind(string? choice)
    {
        var voter = 0;
        while (voter < _voters.Length && _voters[voter].Choice != choice)
        {
            voter++;
        }

        return voter < _voters.Length ? voter : -1;
    }

    private bool IsEnough(double weight)
    {
        // Sums of weights are rounded: what differs in the last digits is equal.
        const double Rounding = 1e-9;
        return quorum is { } votes ? weight > 0 && weight * most.Length >= (votes * _whole) - Rounding : weight * 2 > _whole + Rounding;
    }

    private double WeightBehind(string choice)
    {
        var sum = 0d;
        foreach (ref readonly var voter in _voters.AsSpan())
        {
            sum += voter.Choice == choice ? voter.Weight : 0;
        }

        return sum;
    }

    private readonly record struct Voter(State State, string? Choice, double Weight);
}
