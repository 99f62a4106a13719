namespace PromptGen.Benchmarks.Replay;

/// <summary>The prompts that are replayed. The class that implements it is written and compiled for the models of a run.</summary>
public interface IReplayDesk
{
    /// <summary>Asks one prompt.</summary>
    /// <param name="strategy">The name of the strategy.</param>
    /// <param name="question">The question.</param>
    /// <returns>The answer as text, and the ledger.</returns>
    Task<(string Answer, IReadOnlyList<PromptAttempt> Attempts)> AskAsync(string strategy, string question);
}
