using PromptGen.Routing;

namespace PromptGen.Evaluation;

/// <summary>Examples with their features, and the heads fitted to some of them.</summary>
internal sealed class TrainingSet
{
    private readonly RouterExample[] _examples;
    private readonly FeatureRow[] _rows;

    /// <param name="examples">The examples.</param>
    /// <param name="embedded">Their embeddings; null = words are the features.</param>
    public TrainingSet(RouterExample[] examples, EmbeddedTexts? embedded)
    {
        _examples = examples;
        var features = examples.Select(static example => TextFeatures.Of(example.Input)).ToArray();
        Space = FeatureSpace.Of(examples, features, embedded);
        _rows = [.. examples.Select((example, i) => Space.Row(i, example, features[i]))];
    }

    public FeatureSpace Space { get; }

    public RouterHeads Fit(int[] some, double ridge)
    {
        var rows = some.Select(i => _rows[i]).ToArray();
        return new RouterHeads(
            LogisticHead.Fit(rows, [.. some.Select(i => _examples[i].WeakCorrect)], Space.Columns, ridge),
            LogisticHead.Fit(rows, [.. some.Select(i => _examples[i].StrongCorrect)], Space.Columns, ridge));
    }

    /// <summary>What heads say about each example, fitted to the folds that it is not in.</summary>
    public Prediction[] Predict(int[] folds, int count, double ridge)
    {
        var predictions = new Prediction[_rows.Length];
        Parallel.For(0, count, fold =>
        {
            var all = Enumerable.Range(0, folds.Length);
            var heads = Fit([.. all.Where(i => folds[i] != fold)], ridge);
            foreach (var i in all.Where(i => folds[i] == fold))
            {
                predictions[i] = new Prediction(heads.Weak.Probability(_rows[i]), heads.Strong.Probability(_rows[i]));
            }
        });
        return predictions;
    }

    /// <summary>How unlikely the labels of all examples are.</summary>
    public double Loss(Prediction[] predictions) => predictions
        .Select((one, i) => Logistic.Loss(one.Weak, _examples[i].WeakCorrect) + Logistic.Loss(one.Strong, _examples[i].StrongCorrect))
        .Sum();
}
