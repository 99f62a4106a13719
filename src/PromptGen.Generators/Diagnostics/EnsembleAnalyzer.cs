using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using PromptGen.Generators.Findings;
using PromptGen.Generators.Model;
using PromptGen.Generators.Routing;

namespace PromptGen.Generators.Diagnostics;

/// <summary>PG0411: a judge that votes, or that is of the family of a model that does.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class EnsembleAnalyzer() : PromptAnalyzer(Descriptors.JudgeVotes)
{
    private protected override IEnumerable<Finding> Judge(PromptPlan plan, Catalog catalog)
    {
        if (plan.Ensemble is not { Declaration: { JudgePrompt: { } judge, Judge.Method.Name: var name }, Step.Models: var members }
            || RoutePlanner.Plan(judge.Route, catalog, NeededFeatures.None).Steps is not { Count: > 0 } steps)
        {
            yield break;
        }

        var judges = steps[0].Models;
        if (judges.FirstOrDefault(members.Contains) is { } voter)
        {
            yield return At(name, voter, "which is a member of the ensemble: models prefer their own answers, so route the judge to another model");
        }
        else if (judges.Select(model => (Model: model, Relative: members.FirstOrDefault(member => ModelFamily.AreRelated(model, member)))).FirstOrDefault(static pair => pair.Relative is not null)
            is { Relative: { } relative, Model: var model })
        {
            yield return At(name, model, $"which is of the family of the member '{relative.Id}': models prefer answers of their family, so route the judge to a model of another one") with { Severity = DiagnosticSeverity.Info };
        }
    }

    private static Finding At(string name, ModelDeclaration model, string why) => Finding.At(new Place.Attribute("Ensemble", 0, "Judge"), "PG0411", name, model.Id, why);
}
