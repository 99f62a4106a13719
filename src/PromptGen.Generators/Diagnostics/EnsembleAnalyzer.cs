using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using PromptGen.Generators.Findings;
using PromptGen.Generators.Model;
using PromptGen.Generators.Routing;

namespace PromptGen.Generators.Diagnostics;

/// <summary>PG0411: a judge that votes.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class EnsembleAnalyzer() : PromptAnalyzer(Descriptors.JudgeVotes)
{
    private protected override IEnumerable<Finding> Judge(PromptPlan plan, Catalog catalog)
    {
        if (plan.Ensemble is { Declaration: { JudgePrompt: { } judge, Judge.Method.Name: var name }, Step.Models: var members }
            && RoutePlanner.Plan(judge.Route, catalog, ModelFeatures.None).Steps is { Count: > 0 } steps
            && steps[0].Models.FirstOrDefault(members.Contains) is { } voter)
        {
            yield return Finding.At(new Place.Attribute("Ensemble", 0, "Judge"), "PG0411", name, voter.Id);
        }
    }
}
