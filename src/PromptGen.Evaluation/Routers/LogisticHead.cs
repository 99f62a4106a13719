namespace PromptGen.Evaluation;

/// <summary>
/// A logistic regression with a ridge: the most likely weights where each is normally distributed around 0 before any example is seen. Fitted by coordinate ascent on the dual
/// problem (Yu, Huang, Lin 2011), which converges to the one maximum.
/// </summary>
internal sealed class LogisticHead
{
    private const int MaxPasses = 30;
    private const double Tolerance = 1e-3;

    private LogisticHead(double bias, double[] weights) => (Bias, Weights) = (bias, weights);

    /// <summary>The log-odds of the share of right answers; it has no ridge.</summary>
    public double Bias { get; }

    public double[] Weights { get; }

    public double Probability(FeatureRow row) => Logistic.Of(Bias + row.Dot(Weights));

    /// <summary>Fits the head.</summary>
    /// <param name="rows">The features of the examples.</param>
    /// <param name="labels">Whether each was answered right.</param>
    /// <param name="columns">How many features there are.</param>
    /// <param name="ridge">The precision of the weights before any example is seen; above 0.</param>
    public static LogisticHead Fit(FeatureRow[] rows, bool[] labels, int columns, double ridge)
    {
        // One example of each class is assumed, so that a class without examples does not make the odds infinite.
        var share = (labels.Count(static label => label) + 1.0) / (labels.Length + 2);
        var head = new LogisticHead(Logistic.Inverse(share), new double[columns]);
        var duals = new double[rows.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            duals[i] = labels[i] ? 1 - share : share;
            rows[i].AddTo(head.Weights, (labels[i] ? duals[i] : -duals[i]) / ridge);
        }

        var random = new Shuffler(1);
        var order = random.Shuffle(rows.Length);
        for (var (pass, change) = (0, 1.0); pass < MaxPasses && change > Tolerance; pass++)
        {
            change = 0;
            random.Shuffle(order);
            foreach (var i in order)
            {
                change = Math.Max(change, head.Improve(rows[i], labels[i] ? 1 : -1, ref duals[i], ridge));
            }
        }

        return head;
    }

    /// <summary>Maximizes the dual problem along one example by Newton's method.</summary>
    /// <returns>How far its variable, from 0 to 1, has moved.</returns>
    private double Improve(FeatureRow row, int sign, ref double dual, double ridge)
    {
        var margin = sign * (Bias + row.Dot(Weights));
        var curvature = row.SquaredLength / ridge;
        var (before, value) = (dual, dual);
        for (var i = 0; i < 8; i++)
        {
            var slope = Math.Log(value / (1 - value)) + margin + ((value - before) * curvature);
            var next = value - (slope / ((1 / (value * (1 - value))) + curvature));
            next = next <= 0 ? value / 10 : next >= 1 ? 1 - ((1 - value) / 10) : next;
            var isDone = Math.Abs(next - value) < 1e-9;
            value = Math.Clamp(next, 1e-12, 1 - 1e-12);
            if (isDone)
            {
                break;
            }
        }

        dual = value;
        row.AddTo(Weights, sign * (value - before) / ridge);
        return Math.Abs(value - before);
    }
}
