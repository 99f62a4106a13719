using System.Globalization;
using PromptGen.Cli.Output;
using PromptGen.Evaluation;

namespace PromptGen.Cli.Scores;

/// <summary>How scores look: in percent, with two decimals, as published scores do.</summary>
internal static class Scale
{
    public static string Percent(double? score) => score is { } value && double.IsFinite(value) ? string.Create(CultureInfo.InvariantCulture, $"{value * 100:0.00} %") : Figures.Unknown;

    public static string Percent(ConfidenceInterval? interval) => interval is { } range ? string.Create(CultureInfo.InvariantCulture, $"{range.Lower * 100:0.00} – {range.Upper * 100:0.00}") : Figures.Unknown;

    /// <summary>A difference of scores, in points.</summary>
    public static string Points(double? difference) => difference is { } value && double.IsFinite(value) ? string.Create(CultureInfo.InvariantCulture, $"{value * 100:+0.00;-0.00;0.00}") : Figures.Unknown;

    public static string Points(ConfidenceInterval interval) => $"{Points(interval.Lower)} … {Points(interval.Upper)}";

    public static string PValue(double value) => value < 0.0001 ? "< 0.0001" : value.ToString("0.0000", CultureInfo.InvariantCulture);
}
