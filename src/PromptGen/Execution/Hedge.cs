using PromptGen.Health;
using PromptGen.Routing;

namespace PromptGen.Execution;

/// <summary>
/// Asks a model of a step, and the next available one beside it once the first has not answered in time: two at a time. The first accepted answer ends the other
/// request, which is entered before the call goes on.
/// </summary>
/// <param name="steps">The steps of the call.</param>
/// <param name="exchange">The exchange of the call, with which the first model is asked.</param>
/// <param name="step">The step.</param>
/// <param name="position">The place of the first model.</param>
internal sealed class Hedge(StepRunner steps, ICallExchange exchange, PromptStep step, int position)
{
    private HedgedRun _first = null!;
    private HedgedRun? _second;
    private IExchange? _fork;
    private HedgedRun? _accepted;

    /// <summary>Asks the first model, and the next ones where it takes too long.</summary>
    /// <param name="endpoint">The first model.</param>
    /// <param name="contract">Whether it keeps the contract.</param>
    /// <param name="reason">Why it is asked.</param>
    /// <param name="time">How long it may take before the next one is asked too.</param>
    /// <returns>The run of the model that decides. If the other model was unavailable, the call has already left it.</returns>
    public async ValueTask<ModelRun> AskAsync(ModelEndpoint endpoint, ContractWatch contract, PromptAttemptReason reason, TimeSpan time)
    {
        _first = Create(steps.Account.Arm);
        _first.Ask(exchange, endpoint, contract, reason);
        try
        {
            var run = await _first.EndsWithinAsync(time).ConfigureAwait(false) ? await _first.Ending.ConfigureAwait(false) : await AskBesideAsync().ConfigureAwait(false);
            if (run.Last.Arm is { } arm && arm != steps.Account.Arm)
            {
                steps.Account.Join(arm);
            }

            return run;
        }
        finally
        {
            await _first.EndAsync().ConfigureAwait(false);
            await EndSecondAsync().ConfigureAwait(false);
            if ((_accepted ?? _first) is { IsOpen: true } open)
            {
                steps.Keep(open.Limit);
            }
        }
    }

    /// <summary>Takes the answer of one of the two as that of the call.</summary>
    /// <returns>False where that of the other one was accepted before.</returns>
    public bool TryAccept(HedgedRun run) => Interlocked.CompareExchange(ref _accepted, run, null) is null;

    /// <summary>Whether the call goes on without what a budget refuses to one of the two.</summary>
    public bool IsOptional(HedgedRun run) => run == _second && !_first.Ending.IsCompleted;

    private async ValueTask<ModelRun> AskBesideAsync()
    {
        while (!_first.Ending.IsCompleted && AskNext())
        {
            var second = _second!;
            var ended = await Task.WhenAny(_first.Ending, second.Ending).ConfigureAwait(false);
            if (_accepted is { } accepted)
            {
                return await accepted.Ending.ConfigureAwait(false);
            }

            var run = await ended.ConfigureAwait(false);
            if (run.Error is not null)
            {
                return run;
            }

            if (ended == second.Ending && WasRefused(run))
            {
                break;
            }

            if (ended == second.Ending && IsUnavailable(run))
            {
                steps.Leave(run.Last.Model, run.Last.Code);
                await EndSecondAsync().ConfigureAwait(false);
                continue;
            }

            return await DecideAsync(run, ended == second.Ending ? _first : second).ConfigureAwait(false);
        }

        return await _first.Ending.ConfigureAwait(false);
    }

    /// <summary>One of the two gave no accepted answer: the other one decides, unless it was unavailable.</summary>
    private async ValueTask<ModelRun> DecideAsync(ModelRun run, HedgedRun other)
    {
        var last = await other.Ending.ConfigureAwait(false);
        if (last.Move == NextMove.Return || last.Error is not null)
        {
            return last;
        }

        if (WasRefused(last))
        {
            return run;
        }

        // What ends the call comes before a rejected answer, and that before a model that is unavailable.
        var (decisive, beside) = last.Move >= run.Move ? (last, run) : (run, last);
        if (beside.Move == NextMove.NextModel)
        {
            steps.Leave(beside.Last.Model, beside.Last.Code);
        }

        return decisive;
    }

    /// <summary>Asks the next available model of the step.</summary>
    /// <returns>False where there is none.</returns>
    private bool AskNext()
    {
        while (position + 1 < step.Count)
        {
            steps.Reach(++position);
            var endpoint = steps.Account.Find(step[position]);
            if (steps.MayAsk(endpoint, step, position, out var contract))
            {
                _fork = exchange.Fork(isLast: !steps.IsAnotherBehind(step, position));
                _second = Create(step == steps.Account.Prompt.Canary?.Step ? PromptCanary.Control : steps.Account.Arm);
                _second.Ask(_fork, endpoint, contract, PromptAttemptReason.Hedge);
                return true;
            }
        }

        return false;
    }

    private HedgedRun Create(string? arm)
    {
        var account = steps.Account;
        return new HedgedRun(this, account, account.Runtime.GroupLimits.Start(Timeout.InfiniteTimeSpan, account.CancellationToken), arm);
    }

    /// <summary>The answer of the second model is taken over where it was accepted, and else dropped.</summary>
    private async ValueTask EndSecondAsync()
    {
        if (_second is not { } second)
        {
            return;
        }

        await second.EndAsync().ConfigureAwait(false);
        await exchange.JoinAsync(_fork!, isAccepted: second == _accepted).ConfigureAwait(false);
        _second = null;
    }

    /// <summary>Whether a budget had no room for both, so that the second model was not asked. It may still follow the first one.</summary>
    private bool WasRefused(in ModelRun run)
    {
        var wasRefused = run.Last is { Code: PromptErrorCode.BudgetExceeded, Reason: PromptAttemptReason.Hedge, WasSent: false };
        if (wasRefused)
        {
            steps.Reach(--position);
        }

        return wasRefused;
    }

    private bool IsUnavailable(in ModelRun run) => run.Move == NextMove.NextModel && !steps.Account.CancellationToken.IsCancellationRequested;
}
