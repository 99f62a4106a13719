namespace PromptGen.Contracts.Repair;

/// <summary>The result of an attempt to repair a text.</summary>
internal enum RepairOutcome
{
    /// <summary>It is a JSON value now.</summary>
    Repaired,

    /// <summary>It is none, or can be read in more than one way.</summary>
    Refused,

    /// <summary>It ends inside a string, array or object: completing it would be inventing.</summary>
    Ended,
}
