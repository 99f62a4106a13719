namespace PromptGen.Evaluation;

/// <summary>
/// How often answers are right, by their probability: isotonic regression by pooling of adjacent violators (Ayer et al. 1955). Neighbours are put together first, 25 or more, so
/// that no point depends on a few answers; between the points the line is straight.
/// </summary>
public sealed class CalibrationMap
{
    private const int LeastTogether = 25;
    private const int MostPoints = 20;

    private readonly CalibrationPoint[] _points;

    private CalibrationMap(CalibrationPoint[] points) => _points = points;

    /// <summary>The points: at least two, their probabilities ascending, their shares not descending.</summary>
    public IReadOnlyList<CalibrationPoint> Points => _points;

    /// <summary>Fits a map to labelled answers of one model.</summary>
    /// <param name="probabilities">Their probabilities.</param>
    /// <param name="labels">Whether they were right.</param>
    /// <exception cref="ArgumentException">There are none, or not as many labels.</exception>
    public static CalibrationMap Fit(IReadOnlyList<double> probabilities, IReadOnlyList<bool> labels)
    {
        if (probabilities.Count == 0 || labels.Count != probabilities.Count)
        {
            throw new ArgumentException("There is at least one probability, and a label for each.", nameof(labels));
        }

        var pools = new List<Pool>();
        foreach (var pool in Bins(probabilities, labels))
        {
            var merged = pool;
            while (pools.Count > 0 && pools[^1].Share >= merged.Share)
            {
                merged = pools[^1].With(merged);
                pools.RemoveAt(pools.Count - 1);
            }

            pools.Add(merged);
        }

        var points = pools.Select(static pool => new CalibrationPoint(pool.Probability, pool.Share)).ToArray();
        return new CalibrationMap(points.Length > 1 ? points : [new CalibrationPoint(0, points[0].Share), new CalibrationPoint(1, points[0].Share)]);
    }

    /// <summary>The share of right answers at a probability; outside of the points, that of the nearest one.</summary>
    /// <param name="probability">The probability.</param>
    /// <returns>From 0 to 1.</returns>
    public double Of(double probability)
    {
        var next = Array.FindIndex(_points, point => point.Probability >= probability);
        if (next <= 0)
        {
            return _points[next < 0 ? ^1 : 0].Share;
        }

        var (low, high) = (_points[next - 1], _points[next]);
        return low.Share + ((probability - low.Probability) / (high.Probability - low.Probability) * (high.Share - low.Share));
    }

    /// <summary>Neighbours together, those with one probability always.</summary>
    private static IEnumerable<Pool> Bins(IReadOnlyList<double> probabilities, IReadOnlyList<bool> labels)
    {
        var size = Math.Max(LeastTogether, (probabilities.Count + MostPoints - 1) / MostPoints);
        var bin = default(Pool);
        var last = double.NaN;
        foreach (var i in Enumerable.Range(0, probabilities.Count).OrderBy(i => probabilities[i]))
        {
            if (bin.Count >= size && probabilities[i] != last)
            {
                yield return bin;
                bin = default;
            }

            bin = bin.With(new Pool(1, labels[i] ? 1 : 0, probabilities[i]));
            last = probabilities[i];
        }

        yield return bin;
    }

    private readonly record struct Pool(int Count, int Right, double Sum)
    {
        public double Probability => Sum / Count;

        public double Share => (double)Right / Count;

        public Pool With(Pool other) => new(Count + other.Count, Right + other.Right, Sum + other.Sum);
    }
}
