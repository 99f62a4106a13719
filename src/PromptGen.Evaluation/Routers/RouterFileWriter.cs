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
        var scale = (Weak: Scale(heads.Weak), Strong: Scale(heads.Strong));
        writer.Line($"bias: {Number(heads.Weak.Bias)} {Number(heads.Strong.Bias)}");
        writer.Line($"scale: {Number(scale.Weak)} {Number(scale.Strong)}");
        writer.Line($"calibration: {Number(calibration.Slope)} {Number(calibration.Offset)}");
        writer.WriteCurve(report);
        writer.WriteShape(space, heads);
        writer.WriteTasks(space, heads);
        writer.WriteWeights(heads, scale);
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
            Line($"{TextFeatures.ShapeNames[i]} {Number(space.Means[i])} {Number(space.Deviations[i])} {Number(FeatureSpace.ShapeWeight(heads.Weak, i))} {Number(FeatureSpace.ShapeWeight(heads.Strong, i))}");
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

    private void WriteWeights(RouterHeads heads, (double Weak, double Strong) scale)
    {
        Section("weights", "a signed byte for the weak and one for the strong model, for each bucket");
        var bytes = new byte[2 * TextFeatures.Buckets];
        for (var i = 0; i < TextFeatures.Buckets; i++)
        {
            bytes[2 * i] = (byte)(sbyte)Math.Round(heads.Weak.Weights[i] / scale.Weak);
            bytes[(2 * i) + 1] = (byte)(sbyte)Math.Round(heads.Strong.Weights[i] / scale.Strong);
        }

        for (var i = 0; i < bytes.Length; i += BytesPerLine)
        {
            Line(Convert.ToBase64String(bytes, i, Math.Min(BytesPerLine, bytes.Length - i)));
        }
    }

    /// <summary>What one unit is worth where the largest weight has 127.</summary>
    private static double Scale(LogisticHead head)
    {
        var largest = 0.0;
        for (var i = 0; i < TextFeatures.Buckets; i++)
        {
            largest = Math.Max(largest, Math.Abs(head.Weights[i]));
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
