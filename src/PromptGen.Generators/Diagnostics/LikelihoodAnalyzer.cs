using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using PromptGen.Generators.Findings;
using PromptGen.Generators.Model;
using PromptGen.Generators.Routing;

namespace PromptGen.Generators.Diagnostics;

/// <summary>PG0419: a probability that no model gives, or of a member that the answer does not have. PG0420: the file by which it is calibrated.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class LikelihoodAnalyzer() : PromptAnalyzer(Descriptors.NoProbability, Descriptors.UnusableCalibration)
{
    private protected override IEnumerable<Finding> Judge(PromptPlan plan, Catalog catalog)
    {
        var declaration = plan.Declaration;
        for (var i = 0; i < declaration.Likelihoods.Count; i++)
        {
            var likelihood = declaration.Likelihoods[i];
            if (likelihood.Member is { } member && NoMember(declaration, member) is { } reason)
            {
                yield return Finding.At(new Place.Attribute("AcceptLikely", i, "Member"), "PG0419", reason);
            }

            if (NoModel(plan.Route.Models, likelihood.WhenUnknown) is { } lack)
            {
                yield return Finding.At(new Place.Attribute("AcceptLikely", i), "PG0419", lack);
            }

            foreach (var finding in Calibration(plan, likelihood.Calibration, new Place.Attribute("AcceptLikely", i, "Calibration")))
            {
                yield return finding;
            }
        }
    }

    private static IEnumerable<Finding> Calibration(PromptPlan plan, CalibrationDeclaration? calibration, Place place)
    {
        if (calibration?.Content is not { } content)
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

        if (content.Prompt is { } prompt && prompt != plan.Declaration.PromptName)
        {
            yield return Finding.At(place, "PG0420", calibration.File, $"it is of the prompt '{prompt}', not of '{plan.Declaration.PromptName}'");
        }

        var without = plan.Route.Models.Where(model => model.Can(ModelFeatures.LogProbabilities) && content.For(model.Id) is null).ToArray();
        if (without.Length > 0)
        {
            yield return Finding.At(
                place, "PG0420", calibration.File, $"it has no map for {ModelWording.List(without)}, whose probabilities would be unknown: add one, for example [{without[0].Id}]");
        }
    }

    private static string? NoMember(PromptDeclaration declaration, string member)
    {
        if (declaration.Judged is not { IsText: false } judged)
        {
            return declaration.IsText
                ? "the prompt returns text, which has no members; remove Member, and the whole answer is compared"
                : $"'{declaration.OutputName}' has no members; remove Member, and the whole answer is compared";
        }

        return judged.CanEmit && judged.FindMember(member) is null
            ? $"'{declaration.OutputName}' has no member '{member}'{(new NameIndex(judged.RootMembers.Select(static known => known.Name)).Closest(member) is { } meant ? $"; did you mean '{meant}'?" : "")}"
            : null;
    }

    /// <summary>Where answers without a probability are accepted, one model that gives some is enough.</summary>
    private static string? NoModel(IReadOnlyList<ModelDeclaration> models, WhenUnknown whenUnknown)
    {
        var without = models.Where(static model => !model.Can(ModelFeatures.LogProbabilities)).ToArray();
        if (without.Length == 0 || (whenUnknown == WhenUnknown.Accept && without.Length < models.Count))
        {
            return null;
        }

        var (consequence, remedy) = whenUnknown switch
        {
            WhenUnknown.Accept => ("accepted unchecked", "add the feature to a model in the catalog that has it, or remove [AcceptLikely]"),
            WhenUnknown.Throw => ("an error", "route to models that have the feature (Requires), add it in the catalog, or set WhenUnknown to Accept"),
            _ => ("rejected", "route to models that have the feature (Requires), add it in the catalog, or set WhenUnknown to Accept"),
        };
        return $"{ModelWording.List(without)} {(without.Length == 1 ? "does" : "do")} not have ModelFeatures.LogProbabilities, so that every answer of {(without.Length == 1 ? "it" : "them")} is {consequence}: {remedy}";
    }
}
