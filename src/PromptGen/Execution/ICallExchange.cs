namespace PromptGen.Execution;

/// <summary>The exchange of a whole call. A second model can be asked while the first one is.</summary>
internal interface ICallExchange : IExchange
{
    /// <summary>The same exchange for a model that is asked beside another one: what it receives is its own.</summary>
    /// <param name="isLast">Whether no other model can be asked instead of it.</param>
    IExchange Fork(bool isLast);

    /// <summary>Takes over the answer of a fork, or discards what the fork received. Afterwards at most the accepted answer is in progress.</summary>
    /// <param name="fork">The fork.</param>
    /// <param name="isAccepted">Whether its answer was accepted.</param>
    ValueTask JoinAsync(IExchange fork, bool isAccepted);
}
