namespace PromptGen.Generators.Tests.Contracts.Replay;

/// <summary>What becomes of another project's case.</summary>
internal enum Verdict
{
    /// <summary>Read as they read it, or refused as they refuse it.</summary>
    Same,

    /// <summary>Read as another value, or read where they refuse.</summary>
    Other,

    /// <summary>Told as ended early.</summary>
    Truncated,

    /// <summary>Refused where they read it.</summary>
    Refused,
}
