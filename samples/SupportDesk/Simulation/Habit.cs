namespace Acme.Support.Simulation;

/// <summary>A way in which a model's answer goes wrong.</summary>
internal enum Habit
{
    /// <summary>The bare JSON that was asked for.</summary>
    None,

    /// <summary>The JSON is in a Markdown code fence.</summary>
    Fence,

    /// <summary>Friendly words before and after the JSON.</summary>
    Prose,

    /// <summary>A queue that the contract does not know.</summary>
    UnknownQueue,

    /// <summary>Urgency on a scale of ten.</summary>
    UrgencyOfTen,

    /// <summary>A line break inside a JSON string.</summary>
    RawNewline,

    /// <summary>So much to say that the answer ends at the output limit.</summary>
    RunsOn,

    /// <summary>The model declines to answer.</summary>
    Refusal,

    /// <summary>HTTP 429 with <c>Retry-After</c> at first.</summary>
    RateLimitedOnce,

    /// <summary>HTTP 500 at first.</summary>
    ServerErrorOnce,

    /// <summary>HTTP 503 however often one asks.</summary>
    Overloaded,
}
