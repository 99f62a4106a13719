namespace PromptGen.Evaluation;

/// <summary>
/// How much of the gap between two models a router recovers for how many calls of the strong one, as RouteLLM measures it (<c>routellm/evals/evaluate.py</c>): eleven operating
/// points, from no call to the strong model to all calls, a tenth more at each.
/// </summary>
public sealed class RouterCurve
{
    private const int Steps = 10;

    private readonly double[] _quality = new double[Steps + 1];

    private RouterCurve()
    {
    }

    /// <summary>The share of right answers of the weak model alone.</summary>
    public double Weak => _quality[0];

    /// <summary>The share of right answers of the strong model alone.</summary>
    public double Strong => _quality[Steps];

    /// <summary>The share of right answers where 0, 10, … 100% of the calls go to the strong model.</summary>
    public IReadOnlyList<double> Quality => _quality;

    /// <summary>The average gap recovered: 0 = as the weak model alone, 0.5 = as a random choice, 1 = as the strong model alone; NaN where the models are equally good.</summary>
    public double Apgr
    {
        get
        {
            var area = 0.0;
            for (var i = 0; i < Steps; i++)
            {
                area += (_quality[i] + _quality[i + 1]) / (2.0 * Steps);
            }

            return Strong == Weak ? double.NaN : (area - Weak) / (Strong - Weak);
        }
    }

    /// <summary>The curve of a router on labelled examples.</summary>
    /// <param name="examples">The examples, none of which the router was trained with.</param>
    /// <param name="scores">For each example how likely the weak model is good enough; the highest go to it first.</param>
    /// <param name="seed">Equal scores are put in random order by it.</param>
    /// <exception cref="ArgumentException">There are no examples, or not as many scores.</exception>
    public static RouterCurve Of(IReadOnlyList<RouterExample> examples, IReadOnlyList<double> scores, ulong seed = 1)
    {
        if (examples.Count == 0 || scores.Count != examples.Count)
        {
            throw new ArgumentException("There is at least one example, and a score for each.", nameof(scores));
        }

        var random = new Shuffler(seed);
        var order = random.Shuffle(examples.Count);
        Array.Sort(order.Select(i => scores[i]).ToArray(), order);
        var curve = new RouterCurve();
        double right = examples.Count(static example => example.WeakCorrect);
        curve._quality[0] = right / examples.Count;
        for (var (step, next) = (1, 0); step <= Steps; step++)
        {
            for (var end = (int)Math.Round(examples.Count * (double)step / Steps); next < end; next++)
            {
                var example = examples[order[next]];
                right += (example.StrongCorrect ? 1 : 0) - (example.WeakCorrect ? 1 : 0);
            }

            curve._quality[step] = right / examples.Count;
        }

        return curve;
    }

    /// <summary>The share of calls to the strong model that recovers a share of the gap, interpolated between the points.</summary>
    /// <param name="gap">The share, from 0 to 1: 0.5 for CPT(50%).</param>
    /// <returns>From 0 to 1; NaN where the models are equally good.</returns>
    public double CallsFor(double gap)
    {
        if (Strong == Weak)
        {
            return double.NaN;
        }

        var sign = Math.Sign(Strong - Weak);
        var target = sign * (Weak + (gap * (Strong - Weak)));
        for (var i = 0; i < Steps; i++)
        {
            var (low, high) = (sign * _quality[i], sign * _quality[i + 1]);
            if (target >= low && target <= high)
            {
                return (i + (high > low ? (target - low) / (high - low) : 0)) / Steps;
            }
        }

        return 1;
    }
}
