namespace PromptGen.Execution;

/// <summary>What a call does after an attempt.</summary>
internal enum NextMove
{
    /// <summary>Return the accepted answer.</summary>
    Return,

    /// <summary>Ask the same model again with the violations of its answer.</summary>
    Repair,

    /// <summary>Ask the next model of the step: this one is unavailable.</summary>
    NextModel,

    /// <summary>Leave the step: its answer was rejected.</summary>
    NextStep,

    /// <summary>Send no further request.</summary>
    Stop,
}

internal static class NextMoves
{
    /// <param name="verdict">How the attempt ended.</param>
    /// <param name="mayRepair">Whether the model may be asked again with the violations of its answer.</param>
    /// <param name="wasCutOff">Whether the connection, not the model, ended a streamed answer.</param>
    /// <remarks>An answer after its first items has other consequences: see <see cref="MayResume"/>.</remarks>
    public static NextMove After(AnswerVerdict verdict, bool mayRepair, bool wasCutOff = false) => verdict.Code switch
    {
        PromptErrorCode.Truncated when wasCutOff => NextMove.NextModel,
        PromptErrorCode.NotAccepted when verdict.IsFinal => NextMove.Stop,
        PromptErrorCode.None => NextMove.Return,
        PromptErrorCode.InvalidJson or PromptErrorCode.SchemaMismatch => mayRepair ? NextMove.Repair : NextMove.NextStep,
        // A repair needs violations, or a reason that its check lets the model know: asked for more confidence, a model only claims it.
        PromptErrorCode.NotAccepted when verdict.MayRepair && mayRepair => NextMove.Repair,
        PromptErrorCode.NotAccepted or PromptErrorCode.Truncated or PromptErrorCode.Refused or PromptErrorCode.OutputTooLarge => NextMove.NextStep,
        PromptErrorCode.ContentFiltered or PromptErrorCode.BudgetExceeded or PromptErrorCode.DeadlineExceeded => NextMove.Stop,
        _ => NextMove.NextModel,
    };

    /// <summary>
    /// Whether another model may continue an answer that broke off after its first item: where the model became unavailable, not where the answer was rejected, came
    /// to its limit or the call ended.
    /// </summary>
    /// <param name="code">How it broke off.</param>
    /// <param name="wasCutOff">Whether the connection, not the model, ended it.</param>
    public static bool MayResume(PromptErrorCode code, bool wasCutOff) =>
        code != PromptErrorCode.Cancelled && After(AnswerVerdict.Of(code), mayRepair: false, wasCutOff) == NextMove.NextModel;
}
