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
    public static PromptDeclaration Read(PromptDeclaration declaration, ProjectFiles files, CancellationToken cancellationToken) =>
        declaration.Likelihoods.All(static likelihood => likelihood.Calibration is null)
            ? declaration
            : declaration with { Likelihoods = declaration.Likelihoods.Select(likelihood => Read(likelihood, files, cancellationToken)).ToEquatableArray() };

    private static LikelihoodDeclaration Read(LikelihoodDeclaration likelihood, ProjectFiles files, CancellationToken cancellationToken) =>
        likelihood.Calibration is { } calibration && files.Find(calibration.File) is { } file && file.GetText(cancellationToken) is { } text
            ? likelihood with { Calibration = calibration with { Content = CalibrationReader.Read(file.Path, text) } }
            : likelihood;
}
