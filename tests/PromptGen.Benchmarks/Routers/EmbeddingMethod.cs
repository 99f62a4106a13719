using PromptGen.Evaluation;
using PromptGen.Routing;

namespace PromptGen.Benchmarks.Routers;

/// <summary>The same two heads over embeddings instead of words.</summary>
internal static class EmbeddingMethod
{
    private const double Ridge = 1;
    private const double EmbeddingScale = 0.6;
    private const double ShapeScale = 0.1;
    private const double TaskScale = 0.6;

    public static IEnumerable<RouterMethod> All(TextEmbeddings embeddings, bool hasTasks)
    {
        yield return Method("embeddings alone", embeddings, withTasks: false);
        if (hasTasks)
        {
            yield return Method("embeddings with task prior", embeddings, withTasks: true);
        }
    }

    private static RouterMethod Method(string name, TextEmbeddings embeddings, bool withTasks) =>
        new(name, (examples, trained) => Train(embeddings, examples, trained, withTasks)) { MicrosecondsBefore = embeddings.Microseconds };

    private static Func<int, double> Train(TextEmbeddings embeddings, IReadOnlyList<RouterExample> examples, int[] trained, bool withTasks)
    {
        var tasks = withTasks ? trained.Select(i => examples[i].Task).OfType<string>().Distinct().Order(StringComparer.Ordinal).ToList() : [];
        var shapes = new ShapeScaling([.. trained.Select(i => TextFeatures.Of(examples[i].Input).Shape)]);
        var rows = trained.Select(Row).ToArray();
        var columns = embeddings.Vectors[0].Length + TextFeatures.ShapeNames.Count + tasks.Count;
        var weak = LogisticHead.Fit(rows, [.. trained.Select(i => examples[i].WeakCorrect)], columns, Ridge);
        var strong = LogisticHead.Fit(rows, [.. trained.Select(i => examples[i].StrongCorrect)], columns, Ridge);
        return i =>
        {
            var row = Row(i);
            return weak.Probability(row) - strong.Probability(row);
        };

        FeatureRow Row(int index)
        {
            var values = embeddings.Vectors[index].Select(static (value, column) => KeyValuePair.Create(column, EmbeddingScale * value)).ToList();
            values.AddRange(shapes.Normalize(TextFeatures.Of(examples[index].Input).Shape).Select((value, column) => KeyValuePair.Create(embeddings.Vectors[0].Length + column, ShapeScale * value)));
            if (examples[index].Task is { } task && tasks.IndexOf(task) is >= 0 and var known)
            {
                values.Add(KeyValuePair.Create(embeddings.Vectors[0].Length + TextFeatures.ShapeNames.Count + known, TaskScale));
            }

            return FeatureRow.Of(values);
        }
    }

    /// <summary>Brings the numbers of a text's shape to mean 0 and deviation 1.</summary>
    private sealed class ShapeScaling(IReadOnlyList<IReadOnlyList<double>> shapes)
    {
        private readonly double[] _means = [.. TextFeatures.ShapeNames.Select((_, i) => shapes.Average(shape => shape[i]))];
        private readonly double[] _deviations = [.. TextFeatures.ShapeNames.Select((_, i) => Deviation([.. shapes.Select(shape => shape[i])]))];

        public IEnumerable<double> Normalize(IReadOnlyList<double> shape) => shape.Select((number, i) => TextFeatures.Normalize(number, _means[i], _deviations[i]));

        private static double Deviation(double[] numbers)
        {
            var mean = numbers.Average();
            return Math.Sqrt(numbers.Average(number => (number - mean) * (number - mean)));
        }
    }
}
