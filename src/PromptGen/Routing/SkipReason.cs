namespace PromptGen.Routing;

/// <summary>Why a model of the route was skipped.</summary>
internal enum SkipReason
{
    /// <summary>Configuration took it out of use.</summary>
    Disabled,

    /// <summary>Its tier is above the ceiling of the call.</summary>
    AboveCeiling,

    /// <summary>The data must stay on self-hosted models.</summary>
    NotSelfHosted,

    /// <summary>The prompt did not fit into a window of that size.</summary>
    WindowTooSmall,

    /// <summary>The prompt is so long that it cannot fit into the model's window.</summary>
    PromptTooLong,

    /// <summary>It lacks what the request needs.</summary>
    Unfit,

    /// <summary>Its provider requested a wait.</summary>
    CoolingDown,

    /// <summary>Too many requests failed, and the break is not over.</summary>
    CircuitOpen,

    /// <summary>Its limit per minute is used up, and another model answers sooner.</summary>
    RateLimit,

    /// <summary>Too many of its answers to this prompt broke the contract.</summary>
    BreaksContract,

    /// <summary>It was asked, but not again: retries would make its provider's trouble worse.</summary>
    RetryBudget,
}
