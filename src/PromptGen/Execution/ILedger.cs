namespace PromptGen.Execution;

/// <summary>Where attempts are entered. Thread-safe.</summary>
internal interface ILedger
{
    /// <summary>The number of a request that is sent now: attempts are listed in that order, whenever they are entered.</summary>
    int NextOrder();

    /// <summary>Enters an attempt.</summary>
    /// <param name="attempt">The attempt.</param>
    /// <param name="exception">What the client threw; null where it threw nothing, or the attempt is that of a call inside.</param>
    void Add(PromptAttempt attempt, Exception? exception);
}
