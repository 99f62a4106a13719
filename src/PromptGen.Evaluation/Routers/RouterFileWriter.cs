using System.Globalization;
using System.Text;
using System.Text.Json;
using PromptGen.Routing;

namespace PromptGen.Evaluation;

/// <summary>Writes the file of a router: what people and the build read first, the weights behind it.</summary>
internal sealed class RouterFileWriter
{
    /// <summary>96 bytes are 128 characters of Base64.</summary>
    private const int BytesPerLine = 96;

    private readonly StringBuilder _text = new();

    private RouterFileWriter()
    {
    }

    public static byte[] Write(RouterTraining training, RouterReport report, double threshold, FeatureSpace space, RouterHeads heads, PlattScaling calibration)
    {
        var writer = new RouterFileWriter();
        writer.Line("promptgen router 1");
        writer.WriteOrigin(training, report);
        writer.WriteQuality(report);
        writer.Line($"goal: {training.Goal}");
        writer.Line($"threshold: {Number(threshold)}");
        writer.WriteEmbedding(space);
        var scale = (Weak: Scale(space, heads.Weak), Strong: Scale(space, heads.Strong));
        writer.Line($"bias: {Number(space.Bias(heads.Weak))} {Number(space.Bias(heads.Strong))}");
        writer.Line($"scale: {Number(scale.Weak)} {Number(scale.Strong)}");
        writer.Line($"calibration: {Number(calibration.Slope)} {Number(calibration.Offset)}");
        writer.WriteCurve(report);
        writer.WriteShape(space, heads);
        writer.WriteTasks(space, heads);
        writer.WriteWeights(space, heads, scale);
        return Encoding.UTF8.GetBytes(writer._text.ToString());
    }

    private void WriteOrigin(RouterTraining training, RouterReport report)
    {
        Fact("prompt", training.Prompt);
        Fact("version", training.PromptVersion);
        Fact("weak", training.WeakModel);
        Fact("strong", training.StrongModel);
        Fact("date", training.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        Fact("labels", report.Labels.ToString(CultureInfo.InvariantCulture));
    }

    private void WriteQuality(RouterReport report)
    {
        Line($"metric: APGR {Share(report.Curve.Apgr)}, CPT50 {Share(report.Curve.CallsFor(0.5))}, CPT80 {Share(report.Curve.CallsFor(0.8))}");
        Line($"held-out-labels: {report.HeldOutLabels.ToString(CultureInfo.InvariantCulture)}");
        Line($"held-out-weak: {Share(report.HeldOutWeak)}");
        Line($"held-out-strong: {Share(report.HeldOutStrong)}");
        Line($"held-out-router: {Share(report.HeldOut.Quality)}");
        Line($"held-out-strong-calls: {Share(report.HeldOut.StrongShare)}");
    }

    private void WriteCurve(RouterReport report)
    {
        Section("curve", "threshold, share of calls to the strong model, quality");
        foreach (var point in report.Points)
        {
            Line($"{Share(point.Threshold)} {Share(point.StrongShare)} {Share(point.Quality)}");
        }
    }

    private void WriteShape(FeatureSpace space, RouterHeads heads)
    {
        Section("shape", "mean, standard deviation, weight for the weak and for the strong model");
        for (var i = 0; i < TextFeatures.ShapeNames.Count; i++)
        {
            Line($"{TextFeatures.ShapeNames[i]} {Number(space.Means[i])} {Number(space.Deviations[i])} {Number(space.ShapeWeight(heads.Weak, i))} {Number(space.ShapeWeight(heads.Strong, i))}");
        }
    }

    private void WriteTasks(FeatureSpace space, RouterHeads heads)
    {
        Section("tasks", "prior for the weak and for the strong model, in log-odds");
        foreach (var task in space.Tasks)
        {
            Line($"\"{JsonEncodedText.Encode(task)}\" {Number(space.TaskWeight(heads.Weak, task))} {Number(space.TaskWeight(heads.Strong, task))}");
        }
    }

    private void WriteEmbedding(FeatureSpace space)
    {
        if (space.Embedding is { } embedding)
        {
            Fact("embedding", embedding.Model);
            Fact("dimensions", embedding.Count.ToString(CultureInfo.InvariantCulture));
        }
    }

    private void WriteWeights(FeatureSpace space, RouterHeads heads, (double Weak, double Strong) scale)
    {
        Section("weights", $"a signed byte for the weak and one for the strong model, for each {(space.Embedding is null ? "bucket" : "number of an embedding")}");
        var bytes = new byte[2 * space.TextColumns];
        for (var i = 0; i < space.TextColumns; i++)
        {
            bytes[2 * i] = (byte)(sbyte)Math.Round(space.TextWeight(heads.Weak, i) / scale.Weak);
            bytes[(2 * i) + 1] = (byte)(sbyte)Math.Round(space.TextWeight(heads.Strong, i) / scale.Strong);
        }

        for (var i = 0; i < bytes.Length; i += BytesPerLine)
        {
            Line(Convert.ToBase64String(bytes, i, Math.Min(BytesPerLine, bytes.Length - i)));
        }
    }

    /// <summary>What one unit is worth where the largest weight has 127.</summary>
    private static double Scale(FeatureSpace space, LogisticHead head)
    {
        var largest = 0.0;
        for (var i = 0; i < space.TextColumns; i++)
        {
            largest = Math.Max(largest, Math.Abs(space.TextWeight(head, i)));
        }

        // The scale is read back with seven digits; it must not come out smaller, or the largest weight would need 128.
        return largest > 0 ? double.Parse(Number(largest / 126.99), CultureInfo.InvariantCulture) : 1;
    }

    private static string Number(double number) => number.ToString("G7", CultureInfo.InvariantCulture);

    private static string Share(double share) => double.IsNaN(share) ? "unknown" : share.ToString("0.####", CultureInfo.InvariantCulture);

    private void Fact(string name, string? value)
    {
        if (value is not null)
        {
            Line($"{name}: {value.ReplaceLineEndings(" ")}");
        }
    }

    private void Section(string name, string columns)
    {
        Line("");
        Line($"[{name}]");
        Line($"# {columns}");
    }

    private void Line(string line) => _text.Append(line).Append('\n');
}
