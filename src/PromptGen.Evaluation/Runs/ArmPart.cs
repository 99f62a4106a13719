namespace PromptGen.Evaluation;

/// <summary>The calls of an arm that are made before a look at the run.</summary>
/// <param name="Arm">The run of the arm.</param>
/// <param name="Calls">The calls that earlier runs have not measured.</param>
internal sealed record ArmPart(ArmRun Arm, IReadOnlyList<EvaluationCall> Calls);
