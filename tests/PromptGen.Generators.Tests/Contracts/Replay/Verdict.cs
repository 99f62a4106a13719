namespace PromptGen.Generators.Tests.Contracts.Replay;

/// <summary>How the result of another project's case compares with that project's own result.</summary>
internal enum Verdict
{
    /// <summary>Read as they read it, or refused as they refuse it.</summary>
    Same,

    /// <summary>Read as another value, or read where they refuse.</summary>
    Other,

    /// <summary>Reported as truncated.</summary>
    Truncated,

    /// <summary>Refused where they read it.</summary>
    Refused,
}
