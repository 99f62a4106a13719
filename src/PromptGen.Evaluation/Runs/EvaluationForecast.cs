namespace PromptGen.Evaluation;

/// <summary>What a run of one arm can cost, before anything is asked.</summary>
/// <param name="Arm">The arm.</param>
/// <param name="Calls">Its calls.</param>
/// <param name="Kept">Calls that earlier runs have measured: they cost nothing again.</param>
/// <param name="KeptUsd">What those have cost in USD.</param>
/// <param name="WorstCase">The most that the other calls can cost.</param>
public sealed record EvaluationForecast(string Arm, int Calls, int Kept, decimal KeptUsd, PromptCost WorstCase);
