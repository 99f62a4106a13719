using System.Globalization;
using System.Text;

namespace PromptGen.Evaluation;

/// <summary>Fits the calibration of a prompt, a map for each model, and writes the file that <c>[AcceptLikely(Calibration = …)]</c> or <c>[AcceptWhen(Calibration = …)]</c> names.</summary>
public static class CalibrationFitter
{
    /// <summary>The least number of labelled answers of a model: 100.</summary>
    public const int MinLabels = 100;

    /// <summary>Fits the maps. The same answers, in any order, give the same file.</summary>
    /// <param name="answers">Labelled answers of one prompt.</param>
    /// <param name="prompt">The prompt, as <c>Class.Method</c> or as its <c>Name</c>; null = not stated.</param>
    /// <param name="date">When the answers were labelled.</param>
    /// <param name="kind">What the probabilities of the answers are. Default: those of their tokens.</param>
    /// <exception cref="ArgumentException">A model has fewer than <see cref="MinLabels"/> answers, or there are none at all.</exception>
    public static FittedCalibration Fit(IReadOnlyList<CalibrationExample> answers, string? prompt, DateOnly date, CalibrationKind kind = CalibrationKind.Likelihood)
    {
        var models = answers.GroupBy(static answer => answer.Model).OrderBy(static model => model.Key, StringComparer.Ordinal).ToArray();
        if (models.Length == 0 || models.Any(static model => model.Count() < MinLabels))
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"A map is fitted to at least {MinLabels} labelled answers of each model."), nameof(answers));
        }

        var maps = models.Select(static model => Fit(model.Key, [.. model.OrderBy(static answer => answer.Probability).ThenBy(static answer => answer.IsCorrect)])).ToArray();
        return new FittedCalibration(Write(maps, answers.Count, prompt, date, kind), maps);
    }

    private static ModelCalibration Fit(string model, CalibrationExample[] answers)
    {
        // In order of probability every other answer makes two halves that are alike.
        var (fitted, heldOut) = (Half(0), Half(1));
        var half = Map(fitted);
        bool[] labels = [.. heldOut.Select(static answer => answer.IsCorrect)];
        return new ModelCalibration(
            model,
            answers.Length,
            Map(answers),
            ReliabilityCurve.Of([.. heldOut.Select(static answer => answer.Probability)], labels),
            ReliabilityCurve.Of([.. heldOut.Select(answer => half.Of(answer.Probability))], labels));

        CalibrationExample[] Half(int rest) => [.. answers.Where((_, i) => i % 2 == rest)];
    }

    private static CalibrationMap Map(CalibrationExample[] answers) =>
        CalibrationMap.Fit([.. answers.Select(static answer => answer.Probability)], [.. answers.Select(static answer => answer.IsCorrect)]);

    private static string Write(ModelCalibration[] maps, int labels, string? prompt, DateOnly date, CalibrationKind kind)
    {
        var (before, after) = (Mean(static map => map.Before), Mean(static map => map.After));
        var text = new StringBuilder($"promptgen calibration 1\nkind: {(kind == CalibrationKind.Confidence ? "confidence" : "likelihood")}\n");
        text.Append(prompt is null ? "" : $"prompt: {prompt.ReplaceLineEndings(" ")}\n");
        text.Append(CultureInfo.InvariantCulture, $"date: {date:yyyy-MM-dd}\nlabels: {labels}\nmetric: ECE {before:0.000} -> {after:0.000} on a held-out half\n");
        foreach (var map in maps)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n[{map.Model}]\n# labels {map.Labels}, ECE {map.Before.CalibrationError:0.000} -> {map.After.CalibrationError:0.000}\n");
            foreach (var point in Distinct(map.Map.Points))
            {
                text.Append(CultureInfo.InvariantCulture, $"{point.Probability:0.######} {point.Share:0.####}\n");
            }
        }

        return text.ToString();

        double Mean(Func<ModelCalibration, ReliabilityCurve> curve) => maps.Sum(map => curve(map).CalibrationError * map.Labels) / labels;
    }

    /// <summary>The points whose probabilities differ in the digits that the file has.</summary>
    private static IEnumerable<CalibrationPoint> Distinct(IReadOnlyList<CalibrationPoint> points) =>
        points.Where((point, i) => i == 0 || i == points.Count - 1 || Math.Round(point.Probability, 6) > Math.Round(points[i - 1].Probability, 6));
}
