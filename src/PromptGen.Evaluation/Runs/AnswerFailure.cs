namespace PromptGen.Evaluation;

/// <summary>Which failures of a call are those of an answer, and say how good a model is; the others are those of a provider or of a limit.</summary>
internal static class AnswerFailure
{
    /// <summary>The failure of the answer that ended a call; null where something else did.</summary>
    public static PromptErrorCode? Of(PromptException exception, PromptAttempt? last) =>
        IsOfAnswer(exception.Code) ? exception.Code
        : exception.Code == PromptErrorCode.RouteExhausted && last is not null && IsOfAnswer(last.Outcome) ? last.Outcome
        : null;

    /// <summary>Whether a failure is that of an answer.</summary>
    public static bool IsOfAnswer(PromptErrorCode code) => code is PromptErrorCode.ContentFiltered or PromptErrorCode.Refused or PromptErrorCode.Truncated or PromptErrorCode.EmptyOutput
        or PromptErrorCode.InvalidJson or PromptErrorCode.SchemaMismatch or PromptErrorCode.NotAccepted or PromptErrorCode.OutputTooLarge or PromptErrorCode.NoQuorum or PromptErrorCode.ContextLength;
}
