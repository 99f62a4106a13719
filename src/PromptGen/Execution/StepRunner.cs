using System.Runtime.CompilerServices;
using PromptGen.Catalog;
using PromptGen.Health;
using PromptGen.Routing;
using PromptGen.Timing;

namespace PromptGen.Execution;

/// <summary>
/// Takes the steps of a call: which model is asked, when the step is left and why. One per call; not thread-safe.
/// </summary>
internal sealed partial class StepRunner(PromptRuntime runtime, PromptDefinition prompt, ICallExchange exchange, CancellationToken cancellationToken)
{
    private readonly CallAccount _account = new(runtime, prompt, cancellationToken);
    private ModelGate _gate = new(exchange);
    private PromptAttemptReason _nextReason;
    private PromptErrorCode _hardStop;
    private bool _onlyCoolingDown = true;
    private bool _taking;
    private PromptErrorCode? _reported;
    private PromptStep _step = null!;
    private int _position;
    private ContractWatch _contract;
    private Attempt? _attempt;
    private TimeLimit? _limit;
    private IVote? _vote;
    private bool _tookStep;
    private StrongBox<PromptCost>? _saved;
    private bool _isResuming;

    public CallAccount Account => _account;

    public Ledger Ledger => _account.Ledger;

    public CallClock Clock => _account.Clock;

    /// <summary>Whether a model can be asked instead of the one that is being asked.</summary>
    public bool IsAnotherAhead => IsAnotherBehind(_step, _position);

    /// <summary>The model whose answer was accepted; null = none was so far.</summary>
    public ModelInfo? AnsweredBy { get; private set; }

    /// <summary>Writes the accepted answer to the cache; null = it is not cached.</summary>
    public CacheKeeping? Keeping { get; set; }

    /// <returns>The step after one whose answer was rejected; null where there is none that the ceiling allows.</returns>
    public PromptStep? After(PromptStep step) => step.NextWithin(_gate.Ceiling);

    /// <summary>The answer of an earlier call is that of this one.</summary>
    /// <param name="model">The model that gave it.</param>
    /// <param name="saved">What it has cost.</param>
    public void Serve(ModelInfo model, PromptCost saved) => (AnsweredBy, _saved) = (model, new StrongBox<PromptCost>(saved));

    public ValueTask<bool> TakeAsync(PromptStep step)
    {
        Begin(step);
        _tookStep = true;
        _account.Steps = this;
        return AskFromAsync(StepArrangement.Arrange(step, _account), 0);
    }

    /// <summary>
    /// Has another model continue an answer that broke off: the models behind the one that gave it, then those of the next steps. That one is not asked again, since a
    /// fault in the middle of an answer is likely to come back.
    /// </summary>
    /// <returns>Whether one continues it, or the answer turned out to be complete.</returns>
    public async ValueTask<bool> ResumeAsync()
    {
        _contract.Leave();
        _isResuming = true;
        // A hedge may have asked models behind the one that gave it.
        var (step, position) = (_step, 1 + Enumerable.Range(0, _step.Count).First(i => _account.Find(_step[i]).Model.Id == _attempt!.Model.Id));
        while (!await AskFromAsync(step, position).ConfigureAwait(false))
        {
            if (_hardStop != PromptErrorCode.None || After(step) is not { } next)
            {
                return false;
            }

            (step, position) = (StepArrangement.Arrange(next, _account), 0);
        }

        return true;
    }

    /// <summary>Asks the models of a step in turn, from a position on. Those that were skipped because of their rate limit follow where no other one answered.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<bool> AskFromAsync(PromptStep step, int position)
    {
        var isCanary = step == _account.Prompt.Canary?.Step;
        for (var i = position; _hardStop == PromptErrorCode.None; i++)
        {
            var asked = i < step.Count ? i : NextSkipped(step, isCanary ? 1 : 0);
            if (asked == step.Count)
            {
                break;
            }

            // After a model that is asked after all, no other one of the step follows.
            i = Math.Min(i, step.Count - 1);
            if (i > 0 && isCanary)
            {
                // The candidate is unavailable: what follows are the models of the control.
                _account.Join(PromptCanary.Control);
            }

            var endpoint = _account.Find(step[asked]);
            if (!MayAsk(endpoint, step, i, out _contract))
            {
                continue;
            }

            (_step, _position) = (step, i);
            ModelRun run;
            try
            {
                run = await AskAsync(endpoint).ConfigureAwait(false);
            }
            catch (PromptException wrongSetUp)
            {
                // For example a model without a client, or a parameter that throws.
                wrongSetUp.CallId ??= CallId;
                throw;
            }

            (i, _attempt, _contract) = (_position, run.Last, run.Last.Contract);
            if (!run.IsOpen)
            {
                _contract.Leave();
            }

            if (run.Error is { } error)
            {
                throw Report(error);
            }

            switch (run.Move)
            {
                case NextMove.Return:
                    AnsweredBy = _attempt.Model;
                    return true;
                case NextMove.NextStep:
                    _account.Previous = run.Rejected ?? _account.Previous;
                    _nextReason = PromptAttemptReason.Escalation;
                    _taking = false;
                    return false;
                case NextMove.NextModel:
                    Leave(_attempt.Model, _attempt.Code);
                    break;
                default:
                    _hardStop = _attempt.Code;
                    break;
            }
        }

        _taking = false;
        return false;
    }

    /// <returns>
    /// The position of a model that was skipped because its rate limit would have kept the call waiting, and can still answer in time; the number of
    /// models where there is none.
    /// </returns>
    private int NextSkipped(PromptStep step, int position)
    {
        while (position < step.Count && !Ledger.TakeBack(_account.Find(step[position]).Model, _account.Clock.Remaining))
        {
            position++;
        }

        return position;
    }

    /// <summary>Begins a vote of all models of a step.</summary>
    /// <returns>The account of the call.</returns>
    public CallAccount BeginVote(PromptStep step)
    {
        Begin(step);
        _account.Steps = null;
        return _account;
    }

    /// <returns>Whether there is an accepted answer.</returns>
    public bool EndVote(IVote vote, in VoteOutcome outcome)
    {
        _vote = vote;
        _account.Telemetry?.Voted(vote.Votes, vote.Agreement, vote.Probability);
        var (move, code) = outcome.Decisive is { } decisive ? (decisive.Move, outcome.Code)
            : _account.CancellationToken.IsCancellationRequested ? (NextMove.NextModel, PromptErrorCode.Cancelled)
            : (outcome.Code == PromptErrorCode.None ? NextMove.NextStep : NextMove.Stop, outcome.Code);
        if (code == PromptErrorCode.Cancelled)
        {
            throw Cancelled();
        }

        if (move == NextMove.Return)
        {
            (AnsweredBy, _attempt) = (outcome.Model, outcome.Decisive!.Value.Last);
            return true;
        }

        _account.Previous = outcome.Rejected;
        _hardStop = move == NextMove.Stop ? code : PromptErrorCode.None;
        _nextReason = PromptAttemptReason.Escalation;
        _taking = false;
        return false;
    }

    /// <summary>Moves to a position of the current step, whose model may be asked beside the one before.</summary>
    public void Reach(int position) => _position = position;

    /// <summary>Whether any model after a position of a step can be asked, those of the next steps included.</summary>
    public bool IsAnotherBehind(PromptStep step, int position) => _gate.IsOpenBehind(step, position, _account);

    /// <inheritdoc cref="ModelGate.IsFasterBehind"/>
    public bool IsFasterAhead(TimeSpan wait, long tokens) => _gate.IsFasterBehind(_step, _position, wait, tokens, _account);

    /// <summary>An answer goes on under this limit, which ends with the call.</summary>
    public void Keep(TimeLimit limit) => _limit = limit;

    private PromptAttemptReason Reason => _isResuming ? PromptAttemptReason.Resume : _nextReason == PromptAttemptReason.Initial ? _account.FirstReason : _nextReason;

    private ValueTask<ModelRun> AskAsync(ModelEndpoint endpoint)
    {
        // A continuation is not hedged: only one of two could take over what was delivered.
        if (_isResuming || _account.Prompt.HedgeAfter is not { } time || _position + 1 == _step.Count)
        {
            return ModelRun.AskAsync(_account, exchange, endpoint, _contract, Reason);
        }

        return new Hedge(this, exchange, _step, _position).AskAsync(endpoint, _contract, Reason, time);
    }

    /// <summary>The first step of a call that is explained ends it.</summary>
    private void Begin(PromptStep step)
    {
        if (_account.Explainer is { } explainer)
        {
            throw explainer.Explain(_account, exchange, _gate, step, RoutedBy);
        }

        _taking = true;
        _account.Recording?.Enter(step.Tier);
    }

    /// <summary>Whether a model may be asked; where it may not, it is recorded as skipped.</summary>
    public bool MayAsk(ModelEndpoint endpoint, PromptStep step, int position, out ContractWatch contract)
    {
        if (_gate.Refuse(endpoint, step, position, _account, out contract) is not { } skipped)
        {
            return true;
        }

        Ledger.Skip(skipped);
        if (skipped.IsForNow)
        {
            _account.Telemetry?.Skipped(skipped.Model.Id, PromptErrorCode.CircuitOpen);
            LeaveUnavailable(asked: false);
        }
        else
        {
            _onlyCoolingDown = false;
        }

        return false;
    }

    /// <summary>A model that was asked is unavailable.</summary>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public void Leave(ModelInfo model, PromptErrorCode code)
    {
        if (code == PromptErrorCode.Cancelled)
        {
            throw Cancelled();
        }

        if (code == PromptErrorCode.ContextLength && model.ContextWindow is { } window)
        {
            _gate.RequireMoreThan(window);
            _onlyCoolingDown = false;
        }

        LeaveUnavailable(asked: code != PromptErrorCode.CircuitOpen);
    }

    /// <summary>The next attempt is made because this model is unavailable; one that was not even asked does not hide that an answer was rejected before.</summary>
    private void LeaveUnavailable(bool asked)
    {
        if (asked || _nextReason == PromptAttemptReason.Initial)
        {
            _nextReason = PromptAttemptReason.Fallback;
        }
    }
}
