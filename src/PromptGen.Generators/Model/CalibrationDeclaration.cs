using System;
using System.Linq;
using Microsoft.CodeAnalysis.Text;
using PromptGen.Generators.Text;

namespace PromptGen.Generators.Model;

/// <summary>The calibration file of an <c>[AcceptLikely]</c>.</summary>
/// <param name="File">The path as written.</param>
/// <param name="Content">What it holds; null where it is not among the project's files.</param>
internal sealed record CalibrationDeclaration(string File, CalibrationContent? Content = null);

/// <summary>What a calibration file holds.</summary>
/// <param name="Path">The file's path.</param>
/// <param name="Prompt">The prompt whose answers were labelled; null where it does not say.</param>
/// <param name="Date">When it was made.</param>
/// <param name="Labels">How many answers were labelled.</param>
/// <param name="Maps">The maps in the order of the file.</param>
/// <param name="Problems">What stands against it.</param>
internal sealed record CalibrationContent(
    string Path, string? Prompt, string Date, int Labels, EquatableArray<CalibrationMap> Maps, EquatableArray<CalibrationProblem> Problems)
{
    /// <summary>The map of exactly that model, else the first whose glob matches; null where there is none.</summary>
    public CalibrationMap? For(string modelId) =>
        Maps.FirstOrDefault(map => string.Equals(map.Models, modelId, StringComparison.OrdinalIgnoreCase)) ?? Maps.FirstOrDefault(map => Glob.IsMatch(map.Models, modelId));
}

/// <summary>How often answers were right, by the probability of their tokens.</summary>
/// <param name="Models">The model, or a glob over models.</param>
/// <param name="Points">The points, by ascending probability.</param>
internal sealed record CalibrationMap(string Models, EquatableArray<CalibrationPoint> Points);

/// <summary>One point of a map.</summary>
/// <param name="Probability">The probability of the tokens.</param>
/// <param name="Share">The share of right answers.</param>
internal readonly record struct CalibrationPoint(double Probability, double Share);

/// <summary>Something in a calibration file that cannot be used.</summary>
/// <param name="Span">Where.</param>
/// <param name="Message">What is wrong, and the remedy.</param>
internal sealed record CalibrationProblem(TextSpan Span, string Message);
