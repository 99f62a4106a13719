using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using PromptGen.Generators.Findings;
using PromptGen.Generators.Model;
using PromptGen.Generators.Routing;

namespace PromptGen.Generators.Diagnostics;

/// <summary>PG0420: a file by which probabilities, stated confidence or agreements are calibrated that cannot be used.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class CalibrationAnalyzer() : PromptAnalyzer(Descriptors.UnusableCalibration)
{
    private protected override IEnumerable<Finding> Judge(PromptPlan plan, Catalog catalog) => plan.Declaration.Calibrations.SelectMany(one => Check(plan, one));

    private static IEnumerable<Finding> Check(PromptPlan plan, ClauseCalibration clause)
    {
        var (place, kind, calibration) = clause;
        if (calibration.Content is not { } content)
        {
            yield break;
        }

        foreach (var problem in content.Problems)
        {
            yield return Finding.At(new Place.File(content.Path, problem.Span), "PG0420", calibration.File, problem.Message);
        }

        if (content.Problems.Count > 0)
        {
            yield break;
        }

        if (content.Kind != kind)
        {
            yield return Finding.At(place, "PG0420", calibration.File, $"its kind is '{content.Kind}', and this attribute needs a file of kind '{kind}': name another file");
            yield break;
        }

        if (content.Prompt is { } prompt && prompt != plan.Declaration.PromptName)
        {
            yield return Finding.At(place, "PG0420", calibration.File, $"it was made for the prompt '{prompt}', not for '{plan.Declaration.PromptName}': name another file, or make one for this prompt");
        }

        var without = plan.Route.Models.Where(model => NeedsMap(model, kind) && content.For(model.Id) is null).ToArray();
        if (without.Length > 0)
        {
            yield return Finding.At(
                place, "PG0420", calibration.File, $"it has no section for {ModelWording.List(without)}, whose answers would have no calibrated value: add one, for example [{without[0].Id}]");
        }
    }

    private static bool NeedsMap(ModelDeclaration model, string kind) => kind switch
    {
        CalibrationContent.Agreement => false,
        CalibrationContent.Likelihood => model.Can(ModelFeatures.LogProbabilities),
        _ => true,
    };
}
