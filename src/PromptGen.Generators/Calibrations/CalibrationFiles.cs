using System;
using System.Linq;
using System.Threading;
using PromptGen.Generators.Files;
using PromptGen.Generators.Model;
using PromptGen.Generators.Text;

namespace PromptGen.Generators.Calibrations;

/// <summary>Finds the calibration files that prompts name among the project's <c>AdditionalFiles</c>.</summary>
internal static class CalibrationFiles
{
    public static bool IsCandidate(string path) => path.EndsWith(".calibration", StringComparison.OrdinalIgnoreCase);

    /// <summary>The declaration with what its calibration files hold; one that is not there leaves its content null.</summary>
    public static PromptDeclaration Read(PromptDeclaration declaration, ProjectFiles files, CancellationToken cancellationToken)
    {
        if (declaration.Ensemble is { Calibration: { } agreement } ensemble)
        {
            declaration = declaration with { Ensemble = ensemble with { Calibration = Read(agreement, files, cancellationToken) } };
        }

        if (declaration.Bounds.Any(static bound => bound.Calibration is not null))
        {
            declaration = declaration with
            {
                Bounds = declaration.Bounds
                    .Select(bound => bound.Calibration is { } calibration ? bound with { Calibration = Read(calibration, files, cancellationToken) } : bound)
                    .ToEquatableArray(),
            };
        }

        return declaration.Likelihoods.All(static likelihood => likelihood.Calibration is null) ? declaration : declaration with
        {
            Likelihoods = declaration.Likelihoods
                .Select(likelihood => likelihood.Calibration is { } calibration ? likelihood with { Calibration = Read(calibration, files, cancellationToken) } : likelihood)
                .ToEquatableArray(),
        };
    }

    private static CalibrationDeclaration Read(CalibrationDeclaration calibration, ProjectFiles files, CancellationToken cancellationToken) =>
        files.Find(calibration.File) is { } file && file.GetText(cancellationToken) is { } text
            ? calibration with { Content = CalibrationReader.Read(file.Path, text) }
            : calibration;
}
