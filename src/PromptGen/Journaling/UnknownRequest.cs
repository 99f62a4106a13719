namespace PromptGen;

/// <summary>
/// How a request is treated that an earlier run of a pipeline sent and whose outcome its journal does not have, because the process ended in between. It may have been paid.
/// </summary>
public enum UnknownRequest
{
    /// <summary>It is sent again, and may be paid twice.</summary>
    Retry,

    /// <summary>Its item fails with <see cref="PromptErrorCode.OutcomeUnknown"/>; the other items run on.</summary>
    Skip,

    /// <summary>The pipeline ends with <see cref="PromptErrorCode.OutcomeUnknown"/>: no further item starts, and its stages throw.</summary>
    Fail,
}
