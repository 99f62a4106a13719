namespace PromptGen.Contracts;

/// <summary>The caller cancelled while an answer was read, or the call's deadline passed.</summary>
internal sealed class ReadingEndedException(PromptErrorCode code) : Exception
{
    /// <summary><see cref="PromptErrorCode.Cancelled"/> or <see cref="PromptErrorCode.DeadlineExceeded"/>.</summary>
    public PromptErrorCode Code => code;
}
