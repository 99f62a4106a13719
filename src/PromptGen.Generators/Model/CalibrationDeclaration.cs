using System;
using System.Collections.Generic;
using System.Linq;
using PromptGen.Generators.Findings;
using PromptGen.Generators.Text;

namespace PromptGen.Generators.Model;

/// <summary>The calibration file of an <c>[AcceptLikely]</c>, an <c>[AcceptWhen]</c> or an <c>[Ensemble]</c>.</summary>
/// <param name="File">The path as written.</param>
/// <param name="Content">What it holds; null where it is not among the project's files.</param>
internal sealed record CalibrationDeclaration(string File, CalibrationContent? Content = null);

/// <summary>The calibration of one clause of a prompt.</summary>
/// <param name="Place">The argument that names the file.</param>
/// <param name="Kind">What the clause calibrates.</param>
/// <param name="Calibration">The calibration.</param>
internal readonly record struct ClauseCalibration(Place Place, string Kind, CalibrationDeclaration Calibration)
{
    public static IEnumerable<ClauseCalibration> Of(string attribute, string kind, IEnumerable<CalibrationDeclaration?> calibrations) =>
        calibrations.SelectMany((calibration, i) => calibration is null ? Enumerable.Empty<ClauseCalibration>() : [new(new Place.Attribute(attribute, i, "Calibration"), kind, calibration)]);
}

/// <summary>What a calibration file holds.</summary>
/// <param name="Path">The file's path.</param>
/// <param name="Kind">What its maps calibrate: <see cref="Likelihood"/>, <see cref="Confidence"/> or <see cref="Agreement"/>.</param>
/// <param name="Prompt">The prompt whose answers were labelled; null where it does not say.</param>
/// <param name="Date">When it was made.</param>
/// <param name="Labels">How many answers were labelled.</param>
/// <param name="Maps">The maps in the order of the file.</param>
/// <param name="Problems">What is wrong with it.</param>
internal sealed record CalibrationContent(
    string Path, string? Kind, string? Prompt, string Date, int Labels, EquatableArray<CalibrationMap> Maps, EquatableArray<FileProblem> Problems)
{
    /// <summary>The probabilities of the tokens of an answer.</summary>
    public const string Likelihood = "likelihood";

    /// <summary>What an answer states of itself.</summary>
    public const string Confidence = "confidence";

    /// <summary>The share of the votes behind an answer.</summary>
    public const string Agreement = "agreement";

    /// <summary>The map of agreements, which is that of all members together.</summary>
    public const string All = "*";

    /// <summary>Adds what is calibrated, and not what the head says, to the version of a prompt.</summary>
    public void AddTo(TextHash version)
    {
        foreach (var map in Maps)
        {
            version.Add('\u0006').Add(map.Models);
            foreach (var point in map.Points)
            {
                version.Add('\u0001').Add(Literal.Double(point.Probability)).Add('\u0001').Add(Literal.Double(point.Share));
            }
        }
    }

    /// <summary>The map of exactly that model, else the first whose glob matches; null where there is none.</summary>
    public CalibrationMap? For(string modelId) =>
        Maps.FirstOrDefault(map => string.Equals(map.Models, modelId, StringComparison.OrdinalIgnoreCase)) ?? Maps.FirstOrDefault(map => Glob.IsMatch(map.Models, modelId));
}

/// <summary>How often answers were right, by the probability of their tokens or the agreement of their voters.</summary>
/// <param name="Models">The model, or a glob over models.</param>
/// <param name="Points">The points, by ascending probability.</param>
internal sealed record CalibrationMap(string Models, EquatableArray<CalibrationPoint> Points);

/// <summary>One point of a map.</summary>
/// <param name="Probability">The probability of the tokens, or the agreement.</param>
/// <param name="Share">The share of right answers.</param>
internal readonly record struct CalibrationPoint(double Probability, double Share);
