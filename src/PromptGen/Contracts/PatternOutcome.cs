namespace PromptGen.Contracts;

/// <summary>The outcome of matching a pattern.</summary>
internal enum PatternOutcome
{
    /// <summary>It is found in the text.</summary>
    Found,

    /// <summary>It is not found in the text.</summary>
    NotFound,

    /// <summary>Matching took longer than the limit of one match.</summary>
    TimedOut,

    /// <summary>It was not matched: the patterns of the answer have used up their time.</summary>
    NotChecked,
}
