using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using PromptGen.Generators.Findings;
using PromptGen.Generators.Model;
using PromptGen.Generators.Routing;

namespace PromptGen.Generators.Diagnostics;

/// <summary>PG06: what data may go where.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class DataPolicyAnalyzer() : PromptAnalyzer(
    Descriptors.HostedModelReached, Descriptors.UntrustedSystemMessage, Descriptors.Secret)
{
    private protected override IEnumerable<Finding> Judge(PromptPlan plan, Catalog catalog) =>
        Hosted(plan).Concat(Judges(plan, catalog)).Concat(plan.Findings).Concat(Secrets(plan));

    private static IEnumerable<Finding> Hosted(PromptPlan plan)
    {
        var hosted = plan.Route.Models.Where(static model => !model.SelfHosted).ToArray();
        if (plan.Declaration.Route.SelfHostedOnly)
        {
            // The whole prompt is protected: its sensitive parameters are not worth a second word.
            if (hosted.Length > 0)
            {
                yield return Finding.At(new Place.Attribute("SelfHostedOnly"), "PG0601", "The prompt is [SelfHostedOnly]", ModelWording.List(hosted), "route it to self-hosted models alone");
            }

            yield break;
        }

        if (hosted.Length == 0 || !plan.Declaration.Parameters.Any(static parameter => parameter.IsSensitive))
        {
            yield break;
        }

        var sent = Sent(plan);
        for (var i = 0; i < plan.Declaration.Parameters.Count; i++)
        {
            var parameter = plan.Declaration.Parameters[i];
            var reached = parameter.IsSensitive ? hosted.Where(model => IsSentTo(plan, sent, parameter.Name, model)).ToArray() : [];
            if (reached.Length > 0)
            {
                yield return Finding.At(
                    new Place.Parameter(i),
                    "PG0601",
                    $"The parameter '{parameter.Name}' is [Sensitive]",
                    ModelWording.List(reached),
                    "route to self-hosted models alone, or give these a template without the parameter");
            }
        }
    }

    /// <summary>The answer of a protected prompt may hold what protects it, whatever parameters its judge gets.</summary>
    private static IEnumerable<Finding> Judges(PromptPlan plan, Catalog catalog)
    {
        var declaration = plan.Declaration;
        var sensitive = declaration.Parameters.FirstOrDefault(static parameter => parameter.IsSensitive);
        if (!declaration.Route.SelfHostedOnly && sensitive is null)
        {
            yield break;
        }

        var why = declaration.Route.SelfHostedOnly ? "The prompt is [SelfHostedOnly]" : $"The parameter '{sensitive!.Name}' is [Sensitive]";
        for (var i = 0; i < declaration.Checks.Count; i++)
        {
            if (declaration.Checks[i] is { Judge: { } judge, Method: var method } && Hosted(judge, catalog) is { Length: > 0 } hosted)
            {
                yield return Finding.At(
                    new Place.Attribute("AcceptIf", i, "#0"), "PG0601", why, ModelWording.List(hosted), $"{method.Name} judges its answer, so route it to self-hosted models alone, with [SelfHostedOnly]");
            }
        }

        if (declaration.Ensemble is { JudgePrompt: { } selecting, Judge.Method.Name: var selects } && Hosted(selecting, catalog) is { Length: > 0 } seen)
        {
            yield return Finding.At(
                new Place.Attribute("Ensemble", 0, "Judge"), "PG0601", why, ModelWording.List(seen), $"{selects} selects among its answers, so route it to self-hosted models alone, with [SelfHostedOnly]");
        }

        // A router sees no answer, only the parameters that it names.
        if (declaration.RouteBy is { Router: { } router, Method: { } called }
            && (declaration.Route.SelfHostedOnly || declaration.Parameters.Any(parameter => parameter.IsSensitive && called.Arguments.Any(argument => argument.Name == parameter.Name)))
            && Hosted(router, catalog) is { Length: > 0 } reached)
        {
            yield return Finding.At(
                new Place.Attribute("RouteBy", 0, "#0"), "PG0601", why, ModelWording.List(reached), $"{called.Method.Name} sees its parameters, so route it to self-hosted models alone, with [SelfHostedOnly]");
        }
    }

    private static ModelDeclaration[] Hosted(CalledPrompt called, Catalog catalog) =>
        called.IsProtected ? [] : [.. RoutePlanner.Plan(called.Route, catalog, NeededFeatures.None).Models.Where(static model => !model.SelfHosted)];

    /// <summary>The parameters that each template sends, those of a repair among them.</summary>
    private static HashSet<string>[] Sent(PromptPlan plan)
    {
        IEnumerable<string> repair = plan is { Repair: { } own, Declaration: { Repairs: > 0, Repair.IsOwn: true } } ? own.UsedParameters : [];
        return [.. plan.Templates.Select(template => new HashSet<string>(template.UsedParameters.Concat(repair)))];
    }

    private static bool IsSentTo(PromptPlan plan, HashSet<string>[] sent, string parameter, ModelDeclaration model) =>
        plan.Selection.TemplateOf(model.Id) is >= 0 and var template && sent[template].Contains(parameter);

    private static IEnumerable<Finding> Secrets(PromptPlan plan)
    {
        for (var i = 0; i < plan.Declaration.Templates.Count; i++)
        {
            foreach (var (span, kind) in SecretScanner.Scan(plan.Declaration.Templates[i].Text ?? ""))
            {
                yield return Finding.At(new Place.Template(i, span), "PG0603", kind);
            }
        }

        foreach (var (span, kind) in SecretScanner.Scan(plan.Declaration.Repair?.Text ?? ""))
        {
            yield return Finding.At(new Place.Template(RepairDeclaration.TemplateIndex, span), "PG0603", kind);
        }
    }
}
