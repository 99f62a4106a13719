namespace Acme.Patterns.Simulation;

/// <summary>A way in which a request to a simulated model fails.</summary>
internal enum Failure
{
    /// <summary>It does not.</summary>
    None,

    /// <summary>Words in place of JSON, the first time.</summary>
    Prose,

    /// <summary>HTTP 429, the first time.</summary>
    RateLimited,

    /// <summary>HTTP 500, the first time.</summary>
    ServerError,

    /// <summary>HTTP 503, every time.</summary>
    Overloaded,
}
