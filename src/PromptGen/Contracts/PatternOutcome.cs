namespace PromptGen.Contracts;

/// <summary>What became of a pattern.</summary>
internal enum PatternOutcome
{
    /// <summary>It is found in the text.</summary>
    Found,

    /// <summary>It is not.</summary>
    NotFound,

    /// <summary>Looking for it took longer than one match may.</summary>
    TimedOut,

    /// <summary>It was not looked for: the patterns of the answer have used up their time.</summary>
    NotChecked,
}
