namespace PromptGen.Evaluation;

/// <summary>An evaluation missed its threshold, or could not decide about it.</summary>
public sealed class PromptEvalException : Exception
{
    internal PromptEvalException(string message, EvaluationRun run) : base(message) => Run = run;

    /// <summary>What was found.</summary>
    public EvaluationRun Run { get; }
}
