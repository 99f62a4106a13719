namespace PromptGen.Evaluation;

/// <summary>How a candidate compares with its base on the items of one category.</summary>
/// <param name="Category">The category.</param>
/// <param name="BaseMean">The mean score of the base.</param>
/// <param name="CandidateMean">The mean score of the candidate.</param>
/// <param name="Difference">The difference. Its p-value is corrected for the number of slices by <see cref="MultipleTests.Holm"/>.</param>
/// <param name="Verdict">What it shows.</param>
public sealed record SliceComparison(string Category, double BaseMean, double CandidateMean, PairedDifference Difference, ComparisonVerdict Verdict);
