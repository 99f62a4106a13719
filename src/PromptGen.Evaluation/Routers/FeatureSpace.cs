using PromptGen.Routing;

namespace PromptGen.Evaluation;

/// <summary>
/// The columns of the heads: the buckets of words, pairs and trigrams, the numbers of the shape, and one for each task. A column's scale is how far its weight may lie from 0
/// before any example is seen; that of the tasks makes the prior of a task that has n examples count n / (n + ridge / scale²) of its own.
/// </summary>
internal sealed class FeatureSpace
{
    private const double TaskScale = 1.5;

    private readonly double[] _means;
    private readonly double[] _deviations;
    private readonly Dictionary<string, int> _tasks = new(StringComparer.Ordinal);

    private FeatureSpace(int shapes) => (_means, _deviations) = (new double[shapes], new double[shapes]);

    public static int ShapeColumn => TextFeatures.Buckets;

    public int Columns => TaskColumn + _tasks.Count;

    public double[] Means => _means;

    public double[] Deviations => _deviations;

    /// <summary>The tasks in the order of their columns.</summary>
    public IEnumerable<string> Tasks => _tasks.Keys;

    private static double ShapeScale => 1 / Math.Sqrt(TextFeatures.ShapeNames.Count);

    private int TaskColumn => ShapeColumn + _means.Length;

    public static FeatureSpace Of(RouterExample[] examples, TextFeatures[] features)
    {
        var space = new FeatureSpace(TextFeatures.ShapeNames.Count);
        for (var i = 0; i < space._means.Length; i++)
        {
            var mean = features.Average(text => text.Shape[i]);
            var deviation = Math.Sqrt(features.Average(text => (text.Shape[i] - mean) * (text.Shape[i] - mean)));
            (space._means[i], space._deviations[i]) = (mean, deviation > 1e-9 ? deviation : 0);
        }

        foreach (var task in examples.Select(static example => example.Task).OfType<string>().Distinct().Order(StringComparer.Ordinal))
        {
            space._tasks.Add(task, space._tasks.Count);
        }

        return space;
    }

    public FeatureRow Row(RouterExample example, TextFeatures features)
    {
        var values = new Dictionary<int, double>();
        AddBuckets(values, features.Words);
        AddBuckets(values, features.Pairs);
        AddBuckets(values, features.Trigrams);
        for (var i = 0; i < _means.Length; i++)
        {
            values[ShapeColumn + i] = ShapeScale * TextFeatures.Normalize(features.Shape[i], _means[i], _deviations[i]);
        }

        if (example.Task is { } task && _tasks.TryGetValue(task, out var index))
        {
            values[TaskColumn + index] = TaskScale;
        }

        return FeatureRow.Of(values);
    }

    /// <summary>The weight of a number of the shape, per standard deviation.</summary>
    public static double ShapeWeight(LogisticHead head, int index) => head.Weights[ShapeColumn + index] * ShapeScale;

    /// <summary>The prior of a task, in log-odds.</summary>
    public double TaskWeight(LogisticHead head, string task) => head.Weights[TaskColumn + _tasks[task]] * TaskScale;

    /// <summary>Features of one kind count together as much as one of length 1, however long the text is.</summary>
    private static void AddBuckets(Dictionary<int, double> values, IReadOnlyList<int> buckets)
    {
        var part = 1 / Math.Sqrt(buckets.Count);
        foreach (var bucket in buckets)
        {
            values[bucket] = values.GetValueOrDefault(bucket) + part;
        }
    }
}
