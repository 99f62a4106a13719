using System.Globalization;
using Microsoft.Extensions.AI;

namespace PromptGen.Evaluation;

/// <summary>
/// Trains a router from labelled examples: two logistic heads, of the weak and of the strong model, over hashed words, pairs of words and trigrams or over embeddings, the structure of the
/// text and a prior of each task that few examples shrink to the average. The ridge is the one of three that predicts best what was left out; scores, threshold and curve come from
/// heads that were fitted without the example. The same examples, in any order, give the same file.
/// </summary>
public static class RouterTrainer
{
    /// <summary>The least number of examples with different inputs: 20. A useful router needs some hundred.</summary>
    public const int MinExamples = 20;

    private const int Folds = 4;

    private static readonly double[] Ridges = [3, 10, 30];

    /// <summary>Trains a router.</summary>
    /// <param name="examples">The examples.</param>
    /// <param name="training">What it is trained for.</param>
    /// <returns>The router with its file and report.</returns>
    /// <exception cref="ArgumentException">There are fewer than <see cref="MinExamples"/> different inputs.</exception>
    public static TrainedRouter Train(IReadOnlyList<RouterExample> examples, RouterTraining training)
    {
        var sorted = Sort(examples);
        return Train(sorted, Split(sorted), training, embedded: null);
    }

    /// <summary>Trains a router that reads embeddings in place of words. A decision then needs one, which takes milliseconds instead of microseconds.</summary>
    /// <param name="examples">The examples.</param>
    /// <param name="training">What it is trained for.</param>
    /// <param name="embeddings">Makes the embeddings; it is asked for each text once, 64 at a time. The runtime needs one of the same model: <see cref="PromptRuntimeBuilder.AddEmbeddings"/>.</param>
    /// <param name="cancellationToken">Ends the training between two requests.</param>
    /// <returns>The router with its file and report. The same embeddings give the same file.</returns>
    /// <exception cref="ArgumentException">There are fewer than <see cref="MinExamples"/> different inputs, the model is not known, or its embeddings are of different length.</exception>
    public static async Task<TrainedRouter> TrainAsync(
        IReadOnlyList<RouterExample> examples, RouterTraining training, IEmbeddingGenerator<string, Embedding<float>> embeddings, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(embeddings);
        var sorted = Sort(examples);
        var folds = Split(sorted);
        return Train(sorted, folds, training, await EmbeddedTexts.MakeAsync(sorted, training.EmbeddingModel, embeddings, cancellationToken).ConfigureAwait(false));
    }

    private static RouterExample[] Sort(IReadOnlyList<RouterExample> examples) =>
        [.. examples.OrderBy(static one => one.Input, StringComparer.Ordinal).ThenBy(static one => one.Task, StringComparer.Ordinal).ThenBy(static one => one.WeakCorrect).ThenBy(static one => one.StrongCorrect)];

    private static TrainedRouter Train(RouterExample[] sorted, int[] folds, RouterTraining training, EmbeddedTexts? embedded)
    {
        var set = new TrainingSet(sorted, embedded);
        var (ridge, predictions) = Ridges.Select(candidate => (Ridge: candidate, Predictions: set.Predict(folds, Folds, candidate))).MinBy(one => set.Loss(one.Predictions));
        var calibration = PlattScaling.Fit([.. predictions.Select(static one => one.Gain)], [.. sorted.Select(static one => one.StrongCorrect && !one.WeakCorrect)]);
        var scores = predictions.Select(one => 1 - calibration.Of(one.Gain)).ToArray();
        var (points, report) = Report(sorted, folds, scores, training.Goal);
        var heads = set.Fit([.. Enumerable.Range(0, sorted.Length)], ridge);
        return new TrainedRouter(RouterFileWriter.Write(training, report, training.Goal.Choose(points).Threshold, set.Space, heads, calibration), report);
    }

    /// <summary>The fold of each example. Examples with one input are in one fold, so that none is scored by heads that have seen it.</summary>
    private static int[] Split(RouterExample[] sorted)
    {
        var count = 0;
        var inputs = sorted.Select((example, i) => i > 0 && example.Input == sorted[i - 1].Input ? count - 1 : count++).ToArray();
        if (count < MinExamples)
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"There are {count} different inputs; a router is trained from at least {MinExamples}."));
        }

        var order = new Shuffler(2).Shuffle(count);
        return [.. inputs.Select(input => order[input] % Folds)];
    }

    /// <summary>The points of all thresholds, and the report: its threshold is chosen on the examples of the even folds and measured on those of the odd ones.</summary>
    private static (List<RouterPoint> Points, RouterReport Report) Report(RouterExample[] examples, int[] folds, double[] scores, RouterGoal goal)
    {
        var points = RouterPoint.All(examples, scores);
        var (chosenOn, measuredOn) = (Half(0), Half(1));
        var threshold = goal.Choose(RouterPoint.All(chosenOn.Examples, chosenOn.Scores)).Threshold;
        var steps = Enumerable.Range(0, 21).Select(step => points.MinBy(point => Math.Abs(point.StrongShare - (step / 20.0)))!).Distinct().ToArray();
        return (points, new RouterReport(
            examples.Length,
            RouterCurve.Of(examples, scores),
            steps,
            measuredOn.Examples.Length,
            RouterPoint.At(threshold, measuredOn.Examples, measuredOn.Scores),
            measuredOn.Examples.Average(static one => one.WeakCorrect ? 1.0 : 0),
            measuredOn.Examples.Average(static one => one.StrongCorrect ? 1.0 : 0)));

        (RouterExample[] Examples, double[] Scores) Half(int half) => (
            [.. examples.Where((_, i) => folds[i] % 2 == half)],
            [.. scores.Where((_, i) => folds[i] % 2 == half)]);
    }
}
