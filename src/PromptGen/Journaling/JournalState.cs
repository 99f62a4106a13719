namespace PromptGen;

/// <summary>How far a request of a journal is. One that was not sent has no entry.</summary>
public enum JournalState
{
    /// <summary>It is about to be sent, or was. Where the process ended then, its outcome is unknown.</summary>
    Sent,

    /// <summary>The model answered.</summary>
    Answered,

    /// <summary>No answer came: the connection broke, the provider was overloaded, or the time was over.</summary>
    Failed,
}
