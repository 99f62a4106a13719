using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using PromptGen.Generators.Findings;
using PromptGen.Generators.Model;
using PromptGen.Generators.Routing;

namespace PromptGen.Generators.Diagnostics;

/// <summary>PG02: templates against parameters and models.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class TemplateAnalyzer() : PromptAnalyzer(
    Descriptors.NoTemplate,
    Descriptors.UnknownPlaceholder,
    Descriptors.UnusedParameter,
    Descriptors.MissingForModel,
    Descriptors.TemplateSyntax,
    Descriptors.MatchesNoModel,
    Descriptors.EquallySpecific,
    Descriptors.FileNotFound)
{
    private protected override IEnumerable<Finding> Judge(PromptPlan plan, Catalog catalog)
    {
        var findings = plan.Findings.Concat(Selected(plan));
        return plan.IsBound ? findings.Concat(Unused(plan)).Concat(Missing(plan)) : findings;
    }

    private static IEnumerable<Finding> Selected(PromptPlan plan)
    {
        var without = plan.Selection.Findings.Where(static finding => finding.Id == "PG0201").Select(static finding => finding.Arguments[0]).ToArray();
        if (without.Length > 0)
        {
            yield return Finding.At(new Place.Method(), "PG0201", plan.Declaration.Name, Wording.List(without));
        }

        foreach (var finding in plan.Selection.Findings)
        {
            // A pattern may be for the very model whose id is misspelled in the route.
            if (finding.Id == "PG0207" || (finding.Id == "PG0206" && plan.Route.Findings.Count == 0))
            {
                yield return finding;
            }
        }
    }

    private static IEnumerable<Finding> Unused(PromptPlan plan)
    {
        // A substitute gets every parameter, and a method that is not found may get any.
        var parameters = plan.Declaration.Parameters;
        if (plan.Declaration.Fallback is not null || NamesAnUnknown(plan.Declaration))
        {
            yield break;
        }

        var used = new HashSet<string>(plan.Templates.SelectMany(static template => template.UsedParameters)
            .Concat(plan.Declaration.Checks.SelectMany(static check => check.Arguments).Select(static argument => argument.Name))
            .Concat(plan.Repair?.UsedParameters ?? default)
            .Concat(plan.Entry.UsedParameters)
            .Concat(plan.Ensemble?.UsedParameters ?? []));
        for (var i = 0; i < parameters.Count && plan.Templates.Count > 0; i++)
        {
            var parameter = parameters[i];
            if (parameter.IsData && !used.Contains(parameter.Name))
            {
                yield return Finding.At(new Place.Parameter(i), "PG0203", parameter.Name);
            }
        }
    }

    private static bool NamesAnUnknown(PromptDeclaration declaration) =>
        declaration.Rules.Any(static rule => rule.Predicate is { Method.Fits: false })
        || declaration.RouteBy is { IsDeclared: true, ValueType: null }
        || declaration.Checks.Any(static check => !check.Method.Fits)
        || declaration.Ensemble?.Judge is { Method.Fits: false }
        || (declaration.Canary?.By is { } by && declaration.Parameters.All(parameter => parameter.Name != by));

    /// <summary>Compares the templates that models really get: a template that is never sent does not count.</summary>
    private static IEnumerable<Finding> Missing(PromptPlan plan)
    {
        var sent = plan.Selection.Choices.GroupBy(static choice => choice.Template, static choice => choice.ModelId).OrderBy(static group => group.Key).ToArray();
        var used = sent.ToDictionary(static group => group.Key, group => new HashSet<string>(plan.Templates[group.Key].UsedParameters));
        var hosted = new HashSet<int>(sent.Where(group => AreHosted(plan, group)).Select(static group => group.Key));
        foreach (var parameter in plan.Declaration.Parameters)
        {
            if (sent.FirstOrDefault(group => used[group.Key].Contains(parameter.Name)) is not { } user)
            {
                continue;
            }

            foreach (var other in sent)
            {
                if (!used[other.Key].Contains(parameter.Name) && !(parameter.IsSensitive && hosted.Contains(other.Key)))
                {
                    yield return Finding.At(plan.Declaration.PlaceOfTemplate(other.Key), "PG0204", Wording.List(other), parameter.Name, Wording.List(user));
                }
            }
        }
    }

    // To leave sensitive data out of what a hosted model gets is the very purpose of a template of its own.
    private static bool AreHosted(PromptPlan plan, IEnumerable<string> models) =>
        models.All(id => plan.Route.Find(id) is { SelfHosted: false });
}
