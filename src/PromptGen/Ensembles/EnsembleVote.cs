using PromptGen.Execution;
using PromptGen.Health;
using PromptGen.Prompts;
using PromptGen.Timing;

namespace PromptGen.Ensembles;

/// <summary>
/// One vote: asks the members, counts, and ends the requests that can no longer change the outcome. The request whose vote decides is entered into the ledger with the
/// verdict of the acceptance check over the winner.
/// </summary>
/// <param name="steps">The steps of the call.</param>
/// <param name="ensemble">The members.</param>
/// <param name="judge">Gives the index of the best of several answers; null = the votes are counted.</param>
internal abstract partial class EnsembleVote(StepRunner steps, PromptEnsemble ensemble, Func<IReadOnlyList<Voter>, CancellationToken, ValueTask<int>>? judge) : IVote
{
    private readonly Election _election = ensemble.Open();
    private readonly Voter[] _voters = new Voter[ensemble.Count];
    private List<Task<Voter>>? _running;

    /// <summary>The voters that have ended and are not looked at yet, in the order in which they ended.</summary>
    private Voter? _firstEnded;
    private Voter? _lastEnded;

    /// <summary>The latest choice: most members vote for the same, which is then one text.</summary>
    private string? _choice;
    private volatile bool _hasWaited;
    private CallAccount _account = null!;
    private TimeLimit _limit = null!;
    private int? _decidedBy;
    private PromptErrorCode _stop;

    public IReadOnlyList<PromptVote> Votes
    {
        get
        {
            var votes = new PromptVote[_election.Asked];
            for (var i = 0; i < votes.Length; i++)
            {
                var vote = _election.VoteOf(i);
                votes[i] = new PromptVote(ensemble.ModelOf(i).Id, vote?.Choice, vote?.Weight ?? 0);
            }

            return votes;
        }
    }

    public double? Agreement => _election.Agreement;

    public double? Probability => Agreement is { } agreement ? ensemble.Calibration?.Of(agreement) : null;

    public string? Text { get; private set; }

    /// <summary>Makes the voter of a number.</summary>
    protected abstract Voter Seat(int number);

    /// <summary>Asks the members until the outcome is certain.</summary>
    /// <returns>Whether an answer was accepted.</returns>
    public async ValueTask<bool> RunAsync()
    {
        var caller = steps.BeginVote(ensemble.Step);
        using var limit = caller.Runtime.GroupLimits.Start(Timeout.InfiniteTimeSpan, caller.CancellationToken);
        (_limit, _account) = (limit, caller.Under(limit.Token));
        Voter? decisive = null;
        try
        {
            Open();
            while (_firstEnded is not null || _running is { Count: > 0 })
            {
                var voter = Dequeue() ?? await NextToEndAsync(_running!).ConfigureAwait(false);
                if (voter.Run.Error is { } error)
                {
                    throw steps.Report(error);
                }

                decisive = voter.Number == _decidedBy ? voter : decisive;
                GoOn(voter);
            }
        }
        finally
        {
            if (_running is { Count: > 0 })
            {
                // Whatever ends the vote, the other requests are ended and entered first. A client that ignores its token holds none of them up.
                limit.End();
                await ((Task)Task.WhenAll(_running)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        return steps.EndVote(this, judge is null || _stop != PromptErrorCode.None ? Outcome(decisive?.Run) : await JudgeAsync(judge).ConfigureAwait(false));
    }

    /// <summary>Counts the vote of a member. The one that decides has the winner checked.</summary>
    public ValueTask<AnswerVerdict> CountAsync(Voter voter, AnswerVerdict read)
    {
        try
        {
            return Decides(voter) ? CheckAsync(_voters[_election.FirstBehindWinner], read) : new(read);
        }
        catch (Exception exception)
        {
            // A member of the output type threw while it was compared.
            return new(read with { Code = PromptErrorCode.Configuration, Exception = exception });
        }
    }

    private ValueTask<AnswerVerdict> CheckAsync(Voter winner, AnswerVerdict read)
    {
        EndOthers();
        var checking = winner.CheckAsync();
        return checking.IsCompletedSuccessfully ? new(OfWinner(checking.Result, read)) : OfWinnerAsync(checking, read);

        static async ValueTask<AnswerVerdict> OfWinnerAsync(ValueTask<AnswerVerdict> checking, AnswerVerdict read) => OfWinner(await checking.ConfigureAwait(false), read);

        // The winner is the answer of several models: to have one of them repair it would undo the vote.
        static AnswerVerdict OfWinner(AnswerVerdict verdict, AnswerVerdict read) =>
            verdict.MayRepair || verdict.Rungs != read.Rungs ? verdict with { Rungs = read.Rungs, MayRepair = false } : verdict;
    }

    private bool Decides(Voter voter)
    {
        var (choice, weight) = voter.Ballot(_choice);
        _choice = choice;
        lock (_election)
        {
            var wasOver = _election.IsOver;
            _election.Vote(voter.Number, choice, weight);
            if (wasOver || _election.Winner is null)
            {
                return false;
            }

            _decidedBy = voter.Number;
            return true;
        }
    }

    private void Open()
    {
        var isShort = false;
        var first = _election.Open(ensemble.Eager);
        for (var i = 0; i < first && !_election.IsOver; i++)
        {
            isShort |= !TryAsk(i);
        }

        if (isShort)
        {
            AskNext(replaces: true);
        }
    }

    /// <summary>Asks those who are to be asked after a member has ended.</summary>
    private void GoOn(Voter voter)
    {
        var run = voter.Run;

        // It has ended, so that its state in the election changes no more: the lock is not needed to read it.
        var hasVoted = _election.HasVoted(voter.Number);
        if (!hasVoted)
        {
            Abstain(voter.Number);
        }

        if (run.Move == NextMove.Stop)
        {
            _stop = run.Last.Code;
        }
        else if (run.Move == NextMove.NextModel && !_account.CancellationToken.IsCancellationRequested)
        {
            steps.Leave(ensemble.ModelOf(voter.Number), run.Last.Code);
        }

        if (_stop == PromptErrorCode.None)
        {
            AskNext(replaces: !hasVoted);
        }

        if (_election.IsOver)
        {
            EndOthers();
        }
    }

    /// <summary>Nothing that is still under way changes the outcome. A limit that did not come to its end is used again, so it is not ended for nothing.</summary>
    private void EndOthers()
    {
        if (_hasWaited)
        {
            _limit.End();
        }
    }

    private void Abstain(int number)
    {
        lock (_election)
        {
            _election.Abstain(number);
        }
    }

    private void AskNext(bool replaces)
    {
        while (Next(replaces) is { } next && !TryAsk(next))
        {
            replaces = true;
        }
    }

    private int? Next(bool replaces)
    {
        // Only this method and Open ask, so that it is certain without the lock that all are asked.
        if (_election.Asked == ensemble.Count)
        {
            return null;
        }

        lock (_election)
        {
            return _election.Next(replaces);
        }
    }

    /// <returns>False where the model may not be asked; it has no vote then.</returns>
    private bool TryAsk(int number)
    {
        var place = ensemble.PlaceOf(number);
        var endpoint = _account.Find(ensemble.Step[place]);
        if (!steps.MayAsk(endpoint, ensemble.Step, place, out var contract))
        {
            Abstain(number);
            return false;
        }

        var voter = _voters[number] = Seat(number);
        var asking = ModelRun.AskAsync(_account, voter, endpoint, contract, PromptAttemptReason.Vote);
        if (asking.IsCompletedSuccessfully)
        {
            voter.Run = asking.Result;
            contract.Leave();
            Enqueue(voter);
        }
        else
        {
            _hasWaited = true;
            (_running ??= []).Add(AwaitAsync(voter, asking, contract));
        }

        return true;
    }

    private static async Task<Voter> AwaitAsync(Voter voter, ValueTask<ModelRun> asking, ContractWatch contract)
    {
        try
        {
            voter.Run = await asking.ConfigureAwait(false);
            return voter;
        }
        finally
        {
            contract.Leave();
        }
    }

    private void Enqueue(Voter voter)
    {
        if (_lastEnded is { } last)
        {
            last.NextEnded = voter;
        }

        _lastEnded = voter;
        _firstEnded ??= voter;
    }

    private Voter? Dequeue()
    {
        var voter = _firstEnded;
        _firstEnded = voter?.NextEnded;
        _lastEnded = _firstEnded is null ? null : _lastEnded;
        return voter;
    }

    private static async ValueTask<Voter> NextToEndAsync(List<Task<Voter>> running)
    {
        var ended = running.Find(static one => one.IsCompleted) ?? await Task.WhenAny(running).ConfigureAwait(false);
        running.Remove(ended);
        return await ended.ConfigureAwait(false);
    }

    private VoteOutcome Outcome(in ModelRun? decisive)
    {
        if (decisive is not { } run)
        {
            return new VoteOutcome(null, _stop, null, _account.Prompt.UsesPrevious ? Undecided() : null);
        }

        // Whoever voted last decides; the answer is that of the first member behind the winner.
        var winner = _voters[_election.FirstBehindWinner];
        Text = winner.Run.Last.Reception.Text;
        return new VoteOutcome(
            run,
            run.Last.Code,
            ensemble.ModelOf(winner.Number),
            run.Rejected is { } rejected ? rejected with { Answer = RejectedAnswer.WellFormed(Text), Value = winner.Answer } : null);
    }

    /// <summary>The answer with the most weight where none had enough; where no member voted, the last one that broke its contract.</summary>
    private RejectedAnswer? Undecided() => _election.FirstBehindLeader is { } leader
        ? RejectedAnswer.Undecided(_voters[leader].Run.Last.Reception.Text, _voters[leader].Answer)
        : _voters.LastOrDefault(static voter => voter?.Run.Rejected is not null)?.Run.Rejected;
}

/// <inheritdoc />
internal sealed class EnsembleVote<T>(PromptCall<T> call, PromptEnsemble<T> ensemble, Func<IReadOnlyList<Voter>, CancellationToken, ValueTask<int>>? judge)
    : EnsembleVote(call.Steps, ensemble, judge)
{
    public PromptCall<T> Call { get; } = call;

    public PromptEnsemble<T> Ensemble { get; } = ensemble;

    protected override Voter Seat(int number) => new Voter<T>(this, number);
}
