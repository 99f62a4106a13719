using PromptGen.Routing;

namespace PromptGen.Evaluation;

/// <summary>
/// The columns of the heads: the buckets of words, pairs and trigrams or the numbers of an embedding, the numbers of the shape, and one for each task. A column's scale is how far its
/// weight may lie from 0 before any example is seen; that of the tasks makes the prior of a task that has n examples count n / (n + ridge / scale²) of its own.
/// </summary>
internal sealed class FeatureSpace
{
    private const double TaskScale = 1.5;

    private readonly double[] _means;
    private readonly double[] _deviations;
    private readonly Dictionary<string, int> _tasks = new(StringComparer.Ordinal);

    private FeatureSpace(int shapes, EmbeddingColumns? embedding) => (_means, _deviations, Embedding) = (new double[shapes], new double[shapes], embedding);

    /// <summary>The columns of the embeddings; null = there are those of words.</summary>
    public EmbeddingColumns? Embedding { get; }

    /// <summary>How many columns the words or the embedding have.</summary>
    public int TextColumns => Embedding?.Count ?? TextFeatures.Buckets;

    public int Columns => TaskColumn + _tasks.Count;

    public double[] Means => _means;

    public double[] Deviations => _deviations;

    /// <summary>The tasks in the order of their columns.</summary>
    public IEnumerable<string> Tasks => _tasks.Keys;

    private static double ShapeScale => 1 / Math.Sqrt(TextFeatures.ShapeNames.Count);

    private int TaskColumn => TextColumns + _means.Length;

    public static FeatureSpace Of(RouterExample[] examples, TextFeatures[] features, EmbeddedTexts? embedded)
    {
        var space = new FeatureSpace(TextFeatures.ShapeNames.Count, embedded is null ? null : new EmbeddingColumns(embedded));
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

    /// <summary>The features of an example.</summary>
    /// <param name="index">Its number, by which its embedding is found.</param>
    /// <param name="example">The example.</param>
    /// <param name="features">Those of its text.</param>
    public FeatureRow Row(int index, RouterExample example, TextFeatures features)
    {
        var values = Embedding is null ? Words(features) : Embedding.Row(index).Select(static (number, column) => KeyValuePair.Create(column, number)).ToDictionary();
        for (var i = 0; i < _means.Length; i++)
        {
            values[TextColumns + i] = ShapeScale * TextFeatures.Normalize(features.Shape[i], _means[i], _deviations[i]);
        }

        if (example.Task is { } task && _tasks.TryGetValue(task, out var known))
        {
            values[TaskColumn + known] = TaskScale;
        }

        return FeatureRow.Of(values);
    }

    /// <summary>The weight of a number of the shape, per standard deviation.</summary>
    public double ShapeWeight(LogisticHead head, int index) => head.Weights[TextColumns + index] * ShapeScale;

    /// <summary>The weight of a bucket, or of a number of the embedding.</summary>
    public double TextWeight(LogisticHead head, int index) => Embedding?.Weight(head, index) ?? head.Weights[index];

    /// <summary>The bias of a head.</summary>
    public double Bias(LogisticHead head) => Embedding?.Bias(head) ?? head.Bias;

    /// <summary>The prior of a task, in log-odds.</summary>
    public double TaskWeight(LogisticHead head, string task) => head.Weights[TaskColumn + _tasks[task]] * TaskScale;

    private static Dictionary<int, double> Words(TextFeatures features)
    {
        var values = new Dictionary<int, double>();
        AddBuckets(values, features.Words);
        AddBuckets(values, features.Pairs);
        AddBuckets(values, features.Trigrams);
        return values;
    }

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
