using PromptGen.Budgets;
using PromptGen.Health;
using PromptGen.Timing;

namespace PromptGen.Execution;

/// <summary>One of the models that a <see cref="Hedge"/> asks at the same time: the account of the call for its requests, which end with a token of their own.</summary>
internal sealed class HedgedRun : CallAccount
{
    private readonly Hedge _hedge;

    /// <param name="hedge">What it is part of.</param>
    /// <param name="call">The call.</param>
    /// <param name="limit">Ends its requests.</param>
    /// <param name="arm">The arm of the prompt's canary that it has; null = it takes no part.</param>
    public HedgedRun(Hedge hedge, CallAccount call, TimeLimit limit, string? arm)
        : base(call, call.Budget is { } budget ? new HedgedBudget(budget) : null, limit.Token)
    {
        (_hedge, Limit, Arm) = (hedge, limit, arm);
        (Budget as HedgedBudget)?.Run = this;
    }

    /// <summary>Ends its requests.</summary>
    public TimeLimit Limit { get; }

    /// <summary>How it ends.</summary>
    public Task<ModelRun> Ending { get; private set; } = null!;

    /// <summary>Whether its answer was accepted, and goes on.</summary>
    public bool IsOpen => Ending is { IsCompletedSuccessfully: true, Result.IsOpen: true };

    /// <summary>As long as the first model is being asked, the call does not need the answer of the second one.</summary>
    public override bool IsOptional => _hedge.IsOptional(this);

    public override bool TryAccept() => _hedge.TryAccept(this);

    /// <summary>Asks the model. The watch over its contract is left where nothing goes on.</summary>
    public void Ask(IExchange exchange, ModelEndpoint endpoint, in ContractWatch contract, PromptAttemptReason reason) => Ending = AskAsync(exchange, endpoint, contract, reason);

    /// <returns>Whether it ends within a time.</returns>
    public async ValueTask<bool> EndsWithinAsync(TimeSpan time)
    {
        if (!Ending.IsCompleted)
        {
            // The time of a wait with a time-out ends only after what follows it: that of a limit ends here.
            using var limit = Runtime.TimeLimits.Start(time, CancellationToken.None);
            await ((Task)Ending.WaitAsync(limit.Token)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return Ending.IsCompleted;
    }

    /// <summary>Ends its requests, and waits until they are entered. A client that ignores its token does not hold that up.</summary>
    public async ValueTask EndAsync()
    {
        if (!Ending.IsCompleted)
        {
            Limit.End();
        }

        await ((Task)Ending).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!IsOpen)
        {
            Limit.Dispose();
        }
    }

    private async Task<ModelRun> AskAsync(IExchange exchange, ModelEndpoint endpoint, ContractWatch contract, PromptAttemptReason reason)
    {
        var isOpen = false;
        try
        {
            var run = await ModelRun.AskAsync(this, exchange, endpoint, contract, reason).ConfigureAwait(false);
            isOpen = run.IsOpen;
            return run;
        }
        finally
        {
            if (!isOpen)
            {
                contract.Leave();
            }
        }
    }

    /// <summary>The money of the run: a prompt that judges its answer is refused without an effect on the other run where the call does not need the answer.</summary>
    private sealed class HedgedBudget(CallBudget call) : CallBudget(call)
    {
        public HedgedRun? Run { get; set; }

        protected override bool IsOptional => Run is { IsOptional: true };
    }
}
