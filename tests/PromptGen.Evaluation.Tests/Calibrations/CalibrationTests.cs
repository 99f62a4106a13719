namespace PromptGen.Evaluation.Tests.Calibrations;

public sealed class CalibrationTests
{
    [Fact]
    public void The_error_is_the_mean_distance_of_the_bins()
    {
        var curve = ReliabilityCurve.Of([0.92, 0.98, 0.92, 0.98, 1, 0.1], [true, true, false, false, true, false]);

        Assert.Equal([new ReliabilityBin(1, 0.1, 0), new ReliabilityBin(5, 0.96, 0.6)], curve.Bins.Select(static bin => bin with { Probability = Math.Round(bin.Probability, 9) }));
        Assert.Equal(((1 * 0.1) + (5 * 0.36)) / 6, curve.CalibrationError, 9);
    }

    [Fact]
    public void A_map_ascends_and_follows_the_labels()
    {
        // Over-confident: right in a share p² of the answers.
        var (probabilities, labels) = Answers(4_000, static probability => probability * probability);

        var map = CalibrationMap.Fit(probabilities, labels);

        Assert.InRange(map.Points.Count, 5, 20);
        foreach (var (low, high) in map.Points.Zip(map.Points.Skip(1)))
        {
            Assert.True(high.Probability > low.Probability && high.Share > low.Share, $"{low} {high}");
        }

        Assert.Equal(0.25, map.Of(0.5), 0.06);
        Assert.Equal(0.81, map.Of(0.9), 0.06);
        Assert.Equal(map.Points[0].Share, map.Of(0));
        Assert.Equal(map.Points[^1].Share, map.Of(1));
        Assert.Equal(map.Points[1].Share, map.Of(map.Points[1].Probability), 12);
    }

    [Fact]
    public void Probabilities_that_say_nothing_have_a_flat_map()
    {
        var map = CalibrationMap.Fit([.. Enumerable.Repeat(0.99, 150)], [.. Enumerable.Range(0, 150).Select(static i => i % 3 == 0)]);

        Assert.Equal([new CalibrationPoint(0, 1 / 3.0), new CalibrationPoint(1, 1 / 3.0)], map.Points);
        Assert.Equal(1 / 3.0, map.Of(0.99), 9);
    }

    [Fact]
    public void The_file_has_a_map_for_each_model_and_the_error_of_a_held_out_half()
    {
        var answers = new[] { "mini", "large" }
            .SelectMany(static model => Answers(600, static probability => probability * probability).Probabilities.Zip(Answers(600, static probability => probability * probability).Labels, (probability, label) => new CalibrationExample(model, probability, label)))
            .ToArray();

        var fitted = CalibrationFitter.Fit(answers, "Desk.AnswerAsync", new DateOnly(2026, 11, 30));

        Assert.StartsWith("promptgen calibration 1\nkind: likelihood\nprompt: Desk.AnswerAsync\ndate: 2026-11-30\nlabels: 1200\nmetric: ECE 0.", fitted.File, StringComparison.Ordinal);
        Assert.Contains("\n[large]\n", fitted.File, StringComparison.Ordinal);
        Assert.Contains("\n[mini]\n", fitted.File, StringComparison.Ordinal);
        Assert.Equal(fitted.File, CalibrationFitter.Fit([.. answers.Reverse()], "Desk.AnswerAsync", new DateOnly(2026, 11, 30)).File);
        Assert.Equal(
            fitted.File.Replace("kind: likelihood", "kind: confidence", StringComparison.Ordinal),
            CalibrationFitter.Fit(answers, "Desk.AnswerAsync", new DateOnly(2026, 11, 30), CalibrationKind.Confidence).File);
        Assert.All(fitted.Models, static model =>
        {
            Assert.True(model.Before.CalibrationError > 0.12, $"{model.Before.CalibrationError}");
            Assert.True(model.After.CalibrationError < 0.08, $"{model.After.CalibrationError}");
        });
    }

    [Fact]
    public void Too_few_labels_of_a_model_are_refused()
    {
        var answers = Enumerable.Range(0, 250).Select(static i => new CalibrationExample(i < 151 ? "mini" : "large", 0.5, true)).ToArray();

        Assert.Contains("at least 100 labelled answers of each model", Assert.Throws<ArgumentException>(() => CalibrationFitter.Fit(answers, null, default)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => CalibrationFitter.Fit([], null, default));
    }

    private static (double[] Probabilities, bool[] Labels) Answers(int count, Func<double, double> share)
    {
        var random = new Shuffler(11);
        var probabilities = Enumerable.Range(0, count).Select(_ => random.NextDouble()).ToArray();
        return (probabilities, [.. probabilities.Select(probability => random.NextDouble() < share(probability))]);
    }
}
