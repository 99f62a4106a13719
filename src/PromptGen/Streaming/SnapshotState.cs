namespace PromptGen;

/// <summary>How much of a member has come.</summary>
public enum SnapshotState
{
    /// <summary>Nothing. In the last snapshot: the answer leaves the member out.</summary>
    Pending,

    /// <summary>The beginning of its value.</summary>
    Partial,

    /// <summary>All of it.</summary>
    Done,
}
