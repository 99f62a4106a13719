using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using PromptGen.Generators.Findings;
using PromptGen.Generators.Model;
using PromptGen.Generators.Routing;

namespace PromptGen.Generators.Diagnostics;

/// <summary>PG0419: a probability that no model gives, or of a member that the answer does not have.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class LikelihoodAnalyzer() : PromptAnalyzer(Descriptors.NoProbability)
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
            ? $"'{declaration.OutputName}' has no member '{member}'{(new NameIndex(judged.RootMembers.Select(static known => known.Name)).Closest(member) is { } meant ? $"; did you mean '{meant}'?" : "; name one of its members, or remove Member")}"
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
