using MathNet.Numerics.Distributions;

namespace PromptGen.Evaluation;

/// <summary>
/// Thresholds that hold a cost without a single label: an order statistic of the scores of past calls bounds the share of coming calls that go to the strong model, whatever
/// the distribution of the scores is (Wilks 1941; the split-conformal argument of C3PO, arXiv 2511.07396). It needs calls like those to come.
/// </summary>
public static class CostBound
{
    /// <summary>The highest threshold at which no more than a share of the calls goes to the strong model.</summary>
    /// <param name="scores">The scores of past calls.</param>
    /// <param name="strongShare">The share, from 0 to 1.</param>
    /// <param name="confidence">How sure the bound is, from above 0 to below 1.</param>
    /// <returns>The threshold: a call with this score or a higher one goes to the weak model; 0 = no call goes to the strong one, because the scores are too few to allow any.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public static double Threshold(IReadOnlyList<double> scores, double strongShare, double confidence = 0.95)
    {
        if (strongShare is not (>= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(strongShare), strongShare, "The share is from 0 to 1.");
        }

        if (confidence is not (> 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(confidence), confidence, "The confidence is between 0 and 1.");
        }

        if (strongShare == 1)
        {
            return 1;
        }

        // The share of calls below the k-th lowest of n scores has the distribution Beta(k, n + 1 - k), or is less where scores are equal.
        var (low, high) = (0, scores.Count);
        while (low < high)
        {
            var rank = (low + high + 1) / 2;
            (low, high) = Beta.CDF(rank, scores.Count + 1 - rank, strongShare) >= confidence ? (rank, high) : (low, rank - 1);
        }

        return low == 0 ? 0 : scores.Order().ElementAt(low - 1);
    }
}
