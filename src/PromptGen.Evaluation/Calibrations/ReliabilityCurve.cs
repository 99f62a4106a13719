namespace PromptGen.Evaluation;

/// <summary>How far probabilities are from what happens: answers in ten bins of equal width by their probability (Guo et al., ICML 2017).</summary>
public sealed class ReliabilityCurve
{
    private const int BinCount = 10;

    private ReliabilityCurve(IReadOnlyList<ReliabilityBin> bins, double error) => (Bins, CalibrationError) = (bins, error);

    /// <summary>The bins that have answers, by ascending probability.</summary>
    public IReadOnlyList<ReliabilityBin> Bins { get; }

    /// <summary>The expected calibration error (ECE): the mean distance between probability and share of right answers, from 0 to 1; NaN without answers.</summary>
    public double CalibrationError { get; }

    /// <summary>The curve of labelled answers.</summary>
    /// <param name="probabilities">Their probabilities, from 0 to 1.</param>
    /// <param name="labels">Whether they were right.</param>
    public static ReliabilityCurve Of(IReadOnlyList<double> probabilities, IReadOnlyList<bool> labels)
    {
        var bins = probabilities
            .Select((probability, i) => (Probability: probability, IsRight: labels[i]))
            .GroupBy(static one => Math.Min(BinCount - 1, (int)(one.Probability * BinCount)))
            .OrderBy(static bin => bin.Key)
            .Select(static bin => new ReliabilityBin(bin.Count(), bin.Average(static one => one.Probability), bin.Average(static one => one.IsRight ? 1.0 : 0)))
            .ToArray();
        return new ReliabilityCurve(bins, bins.Sum(static bin => bin.Count * Math.Abs(bin.Probability - bin.Share)) / probabilities.Count);
    }
}
