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

    /// <summary>Ask nobody any more.</summary>
    Stop,
}

internal static class NextMoves
{
    public static NextMove After(PromptErrorCode code, bool mayRepair) => code switch
    {
        PromptErrorCode.None => NextMove.Return,
        PromptErrorCode.InvalidJson or PromptErrorCode.SchemaMismatch => mayRepair ? NextMove.Repair : NextMove.NextStep,
        // A repair needs violations: asked for more confidence, a model only claims it.
        PromptErrorCode.NotAccepted or PromptErrorCode.Truncated or PromptErrorCode.Refused or PromptErrorCode.OutputTooLarge => NextMove.NextStep,
        PromptErrorCode.ContentFiltered or PromptErrorCode.BudgetExceeded or PromptErrorCode.DeadlineExceeded => NextMove.Stop,
        _ => NextMove.NextModel,
    };
}
