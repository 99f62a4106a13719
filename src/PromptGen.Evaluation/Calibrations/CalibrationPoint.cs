namespace PromptGen.Evaluation;

/// <summary>A point of a map.</summary>
/// <param name="Probability">The mean probability of the answers.</param>
/// <param name="Share">The share of them that was right.</param>
public readonly record struct CalibrationPoint(double Probability, double Share);
