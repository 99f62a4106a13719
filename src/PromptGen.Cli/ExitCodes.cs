namespace PromptGen.Cli;

/// <summary>How the tool ends. Scripts depend on these numbers.</summary>
internal static class ExitCodes
{
    public const int Ok = 0;

    /// <summary>Something did not work: a file cannot be read, an assembly has no prompts.</summary>
    public const int Error = 1;

    /// <summary>The arguments are wrong.</summary>
    public const int Usage = 2;

    /// <summary>The question could not be decided, for example because data is missing.</summary>
    public const int Undecided = 3;

    /// <summary>A significant regression, or a threshold that was missed.</summary>
    public const int Missed = 100;

    /// <summary>Ctrl+C ended the command.</summary>
    public const int Interrupted = 130;
}
