using MathNet.Numerics.Statistics;

namespace PromptGen.Evaluation;

/// <summary>How a candidate compares with its base on the same items, as pairs.</summary>
public sealed record RunComparison
{
    private RunComparison(IReadOnlyList<Pair> pairs, double? margin, double confidence)
    {
        Margin = margin;
        (BaseMean, CandidateMean) = (BaseMeanOf(pairs), CandidateMeanOf(pairs));
        Better = pairs.Count(static pair => pair.Candidate.Score > pair.Base.Score);
        Worse = [.. pairs.Where(static pair => pair.Candidate.Score < pair.Base.Score).Select(static pair => pair.Base.Id)];
        Difference = DifferenceOf(pairs, confidence);
        Verdict = Difference.Decide(margin);
        SmallestDetectable = DetectableBy(pairs, confidence);
        Slices = SlicesOf(pairs, margin, confidence);
    }

    /// <summary>The mean score of the base: 0 to 1.</summary>
    public double BaseMean { get; }

    /// <summary>The mean score of the candidate: 0 to 1.</summary>
    public double CandidateMean { get; }

    /// <summary>Candidate minus base: the exact McNemar test where all items pass or fail, else the paired t-test; the latter with clustered errors where all items have a cluster.</summary>
    public PairedDifference Difference { get; }

    /// <summary>What the difference shows.</summary>
    public ComparisonVerdict Verdict { get; }

    /// <summary>The smallest difference that matters; null = none was named.</summary>
    public double? Margin { get; }

    /// <summary>How many items the candidate has a higher score on.</summary>
    public int Better { get; }

    /// <summary>The ids of the items that the candidate has a lower score on, in the order of the base.</summary>
    public IReadOnlyList<string> Worse { get; }

    /// <summary>The smallest true difference that a comparison like this one finds with a power of 80 %; null where none can be found.</summary>
    public double? SmallestDetectable { get; }

    /// <summary>The categories in ordinal order; empty where there are fewer than two.</summary>
    public IReadOnlyList<SliceComparison> Slices { get; }

    /// <summary>Whether the candidate is significantly worse, as a whole or on one of its slices.</summary>
    public bool IsRegression => Verdict == ComparisonVerdict.Worse || Slices.Any(static slice => slice.Verdict == ComparisonVerdict.Worse);

    /// <summary>Compares two runs.</summary>
    /// <param name="baseItems">The scores of the base; no two for one item.</param>
    /// <param name="candidateItems">The scores of the candidate for the same items, in any order.</param>
    /// <param name="margin">The smallest difference that matters; more than 0. Null = none is named, and nothing can be called equal.</param>
    /// <param name="confidence">More than 0 and less than 1.</param>
    /// <returns>The comparison.</returns>
    /// <exception cref="ArgumentException">There are no items, or the two runs have different ones, or there is one item of a score that neither passes nor fails.</exception>
    /// <exception cref="ArgumentOutOfRangeException">Margin or confidence is out of its range.</exception>
    public static RunComparison Of(
        IReadOnlyList<ScoredItem> baseItems, IReadOnlyList<ScoredItem> candidateItems, double? margin = null, double confidence = ConfidenceInterval.DefaultConfidence)
    {
        ArgumentNullException.ThrowIfNull(baseItems);
        ArgumentNullException.ThrowIfNull(candidateItems);
        var candidates = candidateItems.ToDictionary(static item => item.Id, StringComparer.Ordinal);
        if (baseItems.Count == 0 || candidates.Count != baseItems.Count || baseItems.DistinctBy(static item => item.Id).Count() != baseItems.Count || !baseItems.All(item => candidates.ContainsKey(item.Id)))
        {
            throw new ArgumentException("Base and candidate need one score each for the same items.", nameof(candidateItems));
        }

        return new([.. baseItems.Select(item => new Pair(item, candidates[item.Id]))], margin, confidence);
    }

    /// <summary>Compares two runs on the items that both have; null where those are too few for a standard error.</summary>
    internal static RunComparison? OfCommon(
        IReadOnlyList<ScoredItem> baseItems, IReadOnlyList<ScoredItem> candidateItems, double? margin = null, double confidence = ConfidenceInterval.DefaultConfidence)
    {
        var candidates = candidateItems.ToDictionary(static item => item.Id, StringComparer.Ordinal);
        Pair[] pairs = [.. baseItems.Where(item => candidates.ContainsKey(item.Id)).Select(item => new Pair(item, candidates[item.Id]))];
        return ScoreSummary.ErrorOf(DifferencesOf(pairs)) is null ? null : new(pairs, margin, confidence);
    }

    private static PairedDifference DifferenceOf(IReadOnlyList<Pair> pairs, double confidence)
    {
        var clusters = ScoreSummary.ClustersOf([.. pairs.Select(static pair => pair.Base)]);
        return clusters is null && ArePasses(pairs)
            ? PairedDifference.OfPasses(pairs.Count(static pair => pair.Base.Score > pair.Candidate.Score), pairs.Count(static pair => pair.Base.Score < pair.Candidate.Score), pairs.Count, confidence)
            : PairedDifference.OfScores(new double[pairs.Count], ScoreSummary.ValuesOf(DifferencesOf(pairs)), clusters, confidence);
    }

    private static double BaseMeanOf(IEnumerable<Pair> pairs) => ScoreSummary.ValuesOf([.. pairs.Select(static pair => pair.Base)]).Average();

    private static double CandidateMeanOf(IEnumerable<Pair> pairs) => ScoreSummary.ValuesOf([.. pairs.Select(static pair => pair.Candidate with { Weight = pair.Base.Weight })]).Average();

    private static ScoredItem[] DifferencesOf(IEnumerable<Pair> pairs) => [.. pairs.Select(static pair => pair.Base with { Score = pair.Candidate.Score - pair.Base.Score })];

    private static double? DetectableBy(IReadOnlyList<Pair> pairs, double confidence) => ArePasses(pairs)
        ? DetectableDifference.OfPasses(pairs.Count, pairs.Count(static pair => pair.Base.Score != pair.Candidate.Score) / (double)pairs.Count, confidence: confidence)
        : DetectableDifference.OfScores(pairs.Count, ScoreSummary.ValuesOf(DifferencesOf(pairs)).StandardDeviation(), confidence: confidence);

    private static IReadOnlyList<SliceComparison> SlicesOf(IReadOnlyList<Pair> pairs, double? margin, double confidence)
    {
        var slices = pairs.Where(static pair => pair.Base.Category is not null).GroupBy(static pair => pair.Base.Category!, StringComparer.Ordinal)
            .Select(static slice => (Category: slice.Key, Pairs: slice.ToArray()))
            .Where(static slice => CanCompare(slice.Pairs))
            .OrderBy(static slice => slice.Category, StringComparer.Ordinal)
            .ToArray();
        if (slices.Length < 2)
        {
            return [];
        }

        var differences = slices.Select(slice => DifferenceOf(slice.Pairs, confidence)).ToArray();
        var corrected = MultipleTests.Holm([.. differences.Select(static difference => difference.PValue)]);
        return [.. slices.Select((slice, i) =>
        {
            var difference = differences[i] with { PValue = corrected[i] };
            return new SliceComparison(slice.Category, BaseMeanOf(slice.Pairs), CandidateMeanOf(slice.Pairs), difference, difference.Decide(margin));
        })];
    }

    /// <summary>A slice may be too small for a standard error.</summary>
    private static bool CanCompare(IReadOnlyList<Pair> pairs) => ScoreSummary.ClustersOf([.. pairs.Select(static pair => pair.Base)]) is { } clusters
        ? clusters.Distinct(StringComparer.Ordinal).Skip(1).Any()
        : pairs.Count > 1 || ArePasses(pairs);

    private static bool ArePasses(IEnumerable<Pair> pairs) => ScoreSummary.ArePasses(pairs.SelectMany(static pair => (ScoredItem[])[pair.Base, pair.Candidate]));

    private readonly record struct Pair(ScoredItem Base, ScoredItem Candidate);
}
