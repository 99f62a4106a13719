namespace PromptGen;

/// <summary>What a write outlasts once it is confirmed.</summary>
public enum SqliteDurability
{
    /// <summary>
    /// A failure of the computer, too: each transaction is flushed to the disk (<c>synchronous = FULL</c>). Writes that wait at the same time share a flush.
    /// </summary>
    Computer,

    /// <summary>
    /// The end of the process, however it ends (<c>synchronous = NORMAL</c>). Where the computer loses its power, the latest writes may be lost, so that their requests are paid
    /// again without being counted as unknown; the file stays valid.
    /// </summary>
    Process,
}
