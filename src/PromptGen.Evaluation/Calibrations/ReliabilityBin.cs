namespace PromptGen.Evaluation;

/// <summary>A bin of a reliability curve.</summary>
/// <param name="Count">How many answers it has.</param>
/// <param name="Probability">Their mean probability.</param>
/// <param name="Share">The share of them that was right.</param>
public readonly record struct ReliabilityBin(int Count, double Probability, double Share);
