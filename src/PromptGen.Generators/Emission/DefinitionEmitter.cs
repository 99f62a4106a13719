using System.Collections.Generic;
using System.Linq;
using PromptGen.Generators.Model;
using PromptGen.Generators.Routing;
using PromptGen.Generators.Text;

namespace PromptGen.Generators.Emission;

/// <summary>Writes what the runtime knows of a prompt: the steps of its route and its definition.</summary>
internal sealed class DefinitionEmitter(SourceWriter writer, PromptPlan plan)
{
    private readonly PromptDeclaration _declaration = plan.Declaration;
    private Dictionary<RuleClause, string>? _phrases;

    /// <summary>How generated code names a step.</summary>
    public string Step(string name) => $"{_declaration.Stem}Route.{StepName(name)}";

    /// <summary>How generated code names the phrases of a rule.</summary>
    public string Phrases(RuleClause rule) => $"{_declaration.Stem}Route.{PhrasesNames[rule]}";

    /// <summary>Writes the class with the steps, each behind the one that it leads to, and the phrases of rules.</summary>
    public void WriteRoute()
    {
        writer.Attributes(_declaration.IsObsolete);
        writer.Open($"private static class {_declaration.Stem}Route");
        var next = default(string);
        foreach (var step in plan.Route.Steps.Reverse())
        {
            WriteStep(step, next);
            next = step.Name;
        }

        foreach (var step in plan.Route.Entries.Concat(plan.Route.Choices.Except(plan.Route.Steps.Concat(plan.Route.Entries))))
        {
            WriteStep(step, step.Next);
        }

        foreach (var pair in PhrasesNames)
        {
            writer.Line($"public static readonly global::PromptGen.Routing.RoutePhrases {pair.Value} = new({string.Join(", ", pair.Key.Rule.ContainsAny.Select(Literal.String))});");
        }

        writer.Close();
    }

    private void WriteStep(PlannedStep step, string? next)
    {
        writer.Append($"public static readonly global::PromptGen.Routing.PromptStep {StepName(step.Name)} = new(global::PromptGen.Tier.{step.Tier}, [");
        var separator = "";
        foreach (var model in step.Models)
        {
            writer.Append(separator);
            CatalogEmitter.WriteReference(writer, model);
            separator = ", ";
        }

        writer.Append("]");
        foreach (var model in step.Fallbacks)
        {
            writer.Append(", ");
            CatalogEmitter.WriteReference(writer, model);
        }

        var settings = string.Join(", ", new[] { next is null ? null : "Next = " + StepName(next), step.Samples > 0 ? "Samples = " + Literal.Int(step.Samples) : null }.Where(static setting => setting is not null));
        writer.Line(settings.Length == 0 ? ");" : $") {{ {settings} }};");
    }

    /// <summary>Writes the definition.</summary>
    public void Write()
    {
        var route = _declaration.Route;
        var contract = plan.ContractTypeName + ".Instance";
        var output = _declaration.Return == ReturnKind.ElementStream ? _declaration.Contract!.TypeName : _declaration.OutputType;
        var bounds = LikelihoodEmitter.Bounds(plan);
        writer.Attributes(bounds.Length > 0 ? AcceptanceEmitter.IsObsolete(_declaration) : _declaration.IsObsolete);
        writer.Line($"private static readonly global::PromptGen.Routing.PromptDefinition<{output}> {_declaration.Stem}Prompt =");
        writer.Indent();
        writer.Line($"new({Literal.String(_declaration.PromptName)}, {Literal.String(plan.Version)}, {contract}, {(plan.Route.Steps.Count > 0 ? Step(plan.Route.Steps[0].Name) : "null")})");
        writer.Line("{").Indent();
        writer.Line($"Repairs = {Literal.Int(_declaration.Repairs)},");
        Setting("Tolerance", route.Tolerance != Tolerance.Lenient, "global::PromptGen.Tolerance." + route.Tolerance);
        Setting("Order", route.Order != StepOrder.Catalog, "global::PromptGen.StepOrder." + route.Order);
        Setting("HedgeAfter", !double.IsNaN(route.HedgeAfter), $"global::System.TimeSpan.FromSeconds({Literal.Double(route.HedgeAfter)})");
        Setting("Resume", _declaration.Resumes, "true");
        Setting("Temperature", !double.IsNaN(route.Temperature), Literal.Double(route.Temperature).TrimEnd('d') + "f");
        Setting("MaxOutputTokens", route.MaxOutputTokens > 0, Literal.Int(route.MaxOutputTokens));
        Setting("MaxUsd", !double.IsNaN(route.BudgetUsd), double.IsNaN(route.BudgetUsd) ? "" : Literal.Decimal(route.BudgetUsd));
        Setting("Deadline", !double.IsNaN(route.DeadlineSeconds), $"global::System.TimeSpan.FromSeconds({Literal.Double(route.DeadlineSeconds)})");
        Setting("CacheFor", plan.Cache is not null, plan.Cache is { } cache ? $"global::System.TimeSpan.FromSeconds({Literal.Double(cache.Declaration.Seconds)})" : "");
        Setting("CachePerScope", plan.Cache is { Declaration.PerScope: true }, "true");
        Setting("SelfHostedOnly", IsSelfHostedOnly(), "true");
        Setting("EmbeddingModel", plan.Entry.Learned?.Embedding is not null, plan.Entry.Learned?.Embedding is { } embedding ? Literal.String(embedding) : "");
        Setting("UsesPrevious", plan.UsesPrevious, "true");
        var likelihoods = LikelihoodEmitter.List(plan);
        Setting("Likelihoods", likelihoods.Length > 0, likelihoods);
        Setting("Confidences", bounds.Length > 0, bounds);
        var children = plan.Clauses.SelectMany(static clause => clause.Children).Distinct().ToArray();
        Setting("Entries", plan.Route.Entries.Count > 0, $"[{string.Join(", ", plan.Route.Entries.Select(static step => step.Name).Select(Step))}]");
        Setting("Choices", plan.Route.Choices.Count > 0, $"[{string.Join(", ", plan.Route.Choices.Select(static step => step.Name).Select(Step))}]");
        Setting("Canary", plan.Entry.Canary is not null, plan.Entry.Canary is { } canary
            ? $"new({Literal.String(_declaration.PromptName)}, {Literal.Double(canary.Declaration.Percent)}, {Step(canary.Step)})"
            : "");
        Setting("Children", children.Length > 0, $"static () => [{string.Join(", ", children)}]");
        var judges = plan.Acceptance.SelectMany(static clause => clause.Children).Distinct().ToArray();
        Setting("Judges", judges.Length > 0, $"static () => [{string.Join(", ", judges)}]");
        Setting("Selector", plan.Ensemble?.Declaration.JudgePrompt?.Definition is not null, $"static () => {plan.Ensemble?.Declaration.JudgePrompt?.Definition}");
        var worstCase = WorstCase.Usd(plan);
        Setting("WorstCaseUsd", worstCase is not null, worstCase is { } usd ? Literal.Decimal(usd) : "");
        writer.Unindent().Line("};").Unindent();
    }

    private bool IsSelfHostedOnly() =>
        _declaration.Route.SelfHostedOnly || _declaration.Parameters.Any(static parameter => parameter.IsSensitive);

    private void Setting(string name, bool isSet, string value)
    {
        if (isSet)
        {
            writer.Line($"{name} = {value},");
        }
    }

    /// <summary>The rules with phrases, in order, each with the name of its field. Rules that are equal share one.</summary>
    private Dictionary<RuleClause, string> PhrasesNames
    {
        get
        {
            if (_phrases is null)
            {
                var taken = new HashSet<string>(plan.Route.StepNames.Select(StepName));
                _phrases = plan.Entry.Rules.Where(static rule => rule.Rule.ContainsAny.Count > 0).Distinct().ToDictionary(static rule => rule, _ => taken.TakeStep("Phrases"));
            }

            return _phrases;
        }
    }

    private string StepName(string step) => CatalogEmitter.MemberOf(_declaration.Stem + "Route", step);
}
