using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using PromptGen.Generators.Findings;
using PromptGen.Generators.Model;
using PromptGen.Generators.Routing;

namespace PromptGen.Generators.Diagnostics;

/// <summary>PG0415: prompts that call each other as judge, router or substitute.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class CircleAnalyzer() : PromptAnalyzer(Descriptors.PromptCircle)
{
    private protected override IEnumerable<Finding> Judge(PromptPlan plan, Catalog catalog)
    {
        var declaration = plan.Declaration;
        for (var i = 0; i < declaration.Checks.Count; i++)
        {
            if (declaration.Checks[i].Method.Circle is { } circle)
            {
                yield return Finding.At(new Place.Attribute("AcceptIf", i, "#0"), "PG0415", circle, "AcceptIf");
            }
        }

        if (declaration.RouteBy?.Method?.Method.Circle is { } routers)
        {
            yield return Finding.At(new Place.Attribute("RouteBy", 0, "#0"), "PG0415", routers, "RouteBy");
        }

        if (declaration.Ensemble?.Judge?.Method.Circle is { } judges)
        {
            yield return Finding.At(new Place.Attribute("Ensemble", 0, "Judge"), "PG0415", judges, "Ensemble");
        }

        if (declaration.Fallback?.Circle is { } substitutes)
        {
            yield return Finding.At(new Place.Attribute("Fallback", 0, "#0"), "PG0415", substitutes, "Fallback");
        }
    }
}
