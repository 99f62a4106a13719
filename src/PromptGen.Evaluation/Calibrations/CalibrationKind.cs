namespace PromptGen.Evaluation;

/// <summary>What the probabilities of labelled answers are.</summary>
public enum CalibrationKind
{
    /// <summary>Those of the tokens of an answer, for <see cref="AcceptLikelyAttribute"/>.</summary>
    Likelihood,

    /// <summary>What the answers state of themselves, for <see cref="AcceptWhenAttribute"/>.</summary>
    Confidence,
}
