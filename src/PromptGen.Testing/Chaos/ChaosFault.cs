namespace PromptGen.Testing;

/// <summary>The faults that <see cref="ChaosOptions"/> can inject.</summary>
public enum ChaosFault
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Status 429 without a wait.</summary>
    RateLimited,

    /// <summary>Status 500.</summary>
    ServerError,

    /// <summary>Status 503.</summary>
    Overloaded,

    /// <summary>No answer until the caller gives up.</summary>
    TimeOut,

    /// <summary>The connection is reset.</summary>
    Reset,

    /// <summary>An answer that is cut: plain with finish reason <c>length</c>, streamed broken off after its first piece.</summary>
    Truncated,

    /// <summary>An answer that is JSON but breaks every contract.</summary>
    BrokenContract,

    /// <summary>A refusal by the model.</summary>
    Refusal,

    /// <summary>An answer without text.</summary>
    Empty,

    /// <summary>A valid answer that is delayed.</summary>
    Slow,
}
