using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using PromptGen.Generators.Findings;
using PromptGen.Generators.Model;
using PromptGen.Generators.Routing;
using PromptGen.Generators.Text;

namespace PromptGen.Generators.Diagnostics;

/// <summary>PG0407 to PG0409: rules, cases and routers where a call enters its route.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class EntryAnalyzer() : PromptAnalyzer(Descriptors.NeverDecides, Descriptors.UncoveredValue, Descriptors.CostlyRouter)
{
    private protected override IEnumerable<Finding> Judge(PromptPlan plan, Catalog catalog) => DeadRules(plan).Concat(IdleClauses(plan)).Concat(Cases(plan.Declaration.RouteBy)).Concat(DeadRouter(plan)).Concat(Cost(plan, catalog));

    private static IEnumerable<Finding> DeadRules(PromptPlan plan)
    {
        var rules = plan.Entry.Rules;
        for (var i = 0; i < rules.Count; i++)
        {
            if (WhyDead(rules, i) is { } reason)
            {
                yield return Finding.At(new Place.Attribute("RouteWhen", i), "PG0407", "This rule", reason);
            }
        }
    }

    /// <summary>Why a rule never decides; null where it can.</summary>
    private static string? WhyDead(EquatableArray<RuleClause> rules, int index) =>
        Contradiction(rules[index]) ?? (rules.Take(index).FirstOrDefault(earlier => Implies(rules[index].Rule, earlier.Rule)) is { } before
            ? $"the rule before it holds wherever this one does ({before.Condition})"
            : null);

    /// <summary>Clauses that lead where a call enters anyway, and that keep it from no other clause. An ensemble is skipped by whatever decides.</summary>
    private static IEnumerable<Finding> IdleClauses(PromptPlan plan)
    {
        if (plan.Ensemble is not null || plan.Route.Steps.Count == 0 || plan.Route.Findings.Count > 0)
        {
            yield break;
        }

        var first = plan.Route.Steps[0].Name;
        var isValueIdle = plan.Entry.By is not { } by || (by.By.ValueType is not null && by.Cases.All(one => IsIdle(one.Entry)) && by.Otherwise == first);
        if (isValueIdle && plan.Entry.By is { } value && !Cases(value.By).Any())
        {
            yield return Finding.At(new Place.Attribute("RouteBy"), "PG0407", "[RouteBy]", $"each of its cases enters the route at {first}, where it starts anyway");
        }

        // What is behind a rule shows what the rule keeps calls from, even where it is dead because of that rule, or its method is misspelled.
        var rules = plan.Entry.Rules;
        var isRestIdle = isValueIdle && plan.Entry.Learned is null;
        for (var i = rules.Count - 1; isRestIdle && i >= 0 && IsIdleRule(rules[i]); i--)
        {
            if (WhyDead(rules, i) is null)
            {
                yield return Finding.At(rules[i].Rule.Target.Place, "PG0407", "This rule", $"the route starts at {first} anyway");
            }
        }

        bool IsIdleRule(RuleClause rule) => rule.Rule.Predicate is null or { Method.Fits: true } && IsIdle(rule.Entry);

        bool IsIdle(PlannedEntry entry) => entry.Step == first && (entry.Ceiling is null || entry.Ceiling == plan.Route.Strongest);
    }

    /// <summary>A learned router decides nothing behind a value, and always where there is a choice; an ensemble beside it is never asked.</summary>
    private static IEnumerable<Finding> DeadRouter(PromptPlan plan)
    {
        if (plan.Declaration.Learned is not { } learned || plan.Route.Steps.Count == 0)
        {
            yield break;
        }

        var reason = plan.Entry.Learned is not { } clause ? "[RouteBy] decides before it"
            : plan.Route.Steps.Count == 1 ? "the route has only one step"
            : clause.Texts.Count == 0 ? NoText(learned.In)
            : null;
        if (reason is not null)
        {
            yield return Finding.At(new Place.Attribute("RouteLearned"), "PG0407", "[RouteLearned]", reason);
        }
        else if (plan.Ensemble is not null)
        {
            yield return Finding.At(new Place.Attribute("Ensemble"), "PG0407", "[Ensemble]", "[RouteLearned] leads each call past it into the route");
        }
    }

    private static string NoText(string? parameter) => parameter is { } name ? $"'{name}' is no parameter of type string" : "the prompt has no parameter of type string";

    private static string? Contradiction(RuleClause clause)
    {
        var rule = clause.Rule;
        return !rule.HasCondition ? "it sets no condition"
            : rule.MaxInputTokens > 0 && rule.MinInputTokens > rule.MaxInputTokens ? "MinInputTokens is above MaxInputTokens"
            : clause.Texts.Count == 0 && (rule.MinInputTokens > 0 || rule.ContainsAny.Count > 0 || rule.ContainsCode || (rule.MaxInputTokens > 0 && rule.In is not null))
                ? NoText(rule.In)
            : rule.ContainsMedia && clause.Media.Count == 0 ? "no parameter holds an image or another file"
            : rule.ContainsAny.Count > 0 && rule.ContainsAny.All(static phrase => phrase.Length == 0) ? "its phrases are empty"
            : null;
    }

    /// <summary>Whether an earlier rule holds wherever a later one does: each of its conditions follows from one of the later rule's.</summary>
    private static bool Implies(RuleDeclaration later, RuleDeclaration earlier) =>
        earlier.HasCondition
        && (earlier.In == later.In || (earlier.In is null && earlier.MaxInputTokens == 0))
        && (earlier.MinInputTokens == 0 || later.MinInputTokens >= earlier.MinInputTokens)
        && (earlier.MaxInputTokens == 0 || (later.MaxInputTokens > 0 && later.MaxInputTokens <= earlier.MaxInputTokens))
        && (earlier.ContainsAny.Count == 0 || (later.ContainsAny.Count > 0 && later.ContainsAny.All(phrase => earlier.ContainsAny.Contains(phrase, System.StringComparer.OrdinalIgnoreCase))))
        && (!earlier.ContainsCode || later.ContainsCode)
        && (!earlier.ContainsMedia || later.ContainsMedia)
        && (earlier.Predicate is null || earlier.Predicate == later.Predicate);

    /// <summary>
    /// Reports a router that costs at least as much as it can save. Its cost is underestimated, from its output limit alone, and its saving is the difference between
    /// the most expensive and the cheapest entry, so that a finding is certain.
    /// </summary>
    private static IEnumerable<Finding> Cost(PromptPlan plan, Catalog catalog)
    {
        if (plan.Route.Findings.Count > 0 || plan.Entry.By is not { By: { Router: { } router, Method.Method.Name: var name } } by)
        {
            yield break;
        }

        var entries = by.Cases.Select(static one => one.Entry.Step).Append(by.Otherwise).Distinct()
            .Select(step => plan.Route.Steps.Concat(plan.Route.Entries).First(planned => planned.Name == step))
            .Select(step => WorstCase.Usd(plan, step))
            .ToArray();
        var steps = RoutePlanner.Plan(router.Route, catalog, NeededFeatures.None).Steps;
        var asked = steps.Count == 0 ? [] : steps[0].Models.Select(model => OutputUsd(router.Route, model)).ToArray();
        if (entries.Contains(null) || asked.Length == 0 || asked.Contains(null))
        {
            yield break;
        }

        var (cost, saving) = (asked.Max()!.Value, entries.Max()!.Value - entries.Min()!.Value);
        if (cost >= saving && cost > 0)
        {
            yield return Finding.At(new Place.Attribute("RouteBy", 0, "#0"), "PG0409", name, Wording.Usd(cost), Wording.Usd(saving));
        }
    }

    private static double? OutputUsd(RouteDeclaration route, ModelDeclaration model) =>
        model.IsPriced && WorstCase.OutputLimit(route, model) is { } limit ? limit * model.OutputPrice / 1_000_000d : null;

    /// <summary>A value as code writes it: a constant, or the member of an enum.</summary>
    private static string Literal(RouteByDeclaration by, string value) => value is "null" or "true" or "false" ? value : by.ValueType!.TrimEnd('?') + "." + CSharpName.Escape(value);

    private static IEnumerable<Finding> Cases(RouteByDeclaration? by)
    {
        if (by is null)
        {
            yield break;
        }

        var seen = new HashSet<string>();
        for (var i = 0; i < by.Cases.Count; i++)
        {
            var one = by.Cases[i];
            var place = new Place.Attribute("RouteCase", i, "#0");
            if (!by.IsDeclared)
            {
                yield return Finding.At(new Place.Attribute("RouteCase", i), "PG0407", "This case", "there is no [RouteBy] whose value it could be");
            }
            else if (one.Literal is null)
            {
                if (by.ValueType is not null)
                {
                    yield return Finding.At(place, "PG0408", by.Name, $"has no value {one.Text}: remove the case, or name a value of its type");
                }
            }
            else if (!seen.Add(one.Literal))
            {
                yield return Finding.At(place, "PG0407", "This case", "an earlier one has the same value");
            }
        }

        if (by is { IsDeclared: true, ValueType: not null })
        {
            var missing = by.Members.Except(by.Cases.Where(static one => one.Literal is not null).Select(static one => one.Text)).ToArray();
            if (by.Cases.Count == 0)
            {
                yield return Finding.At(new Place.Attribute("RouteBy"), "PG0407", "[RouteBy]", "it has no [RouteCase]");
            }
            else if (missing.Length > 0 && by.Otherwise is null)
            {
                yield return Finding.At(new Place.Attribute("RouteBy", 0, "#0"), "PG0408", by.Name, $"has no case for {Wording.List(missing)}: add a [RouteCase] for each, or set Otherwise") with { Fix = string.Join("\n", missing.Select(value => Literal(by, value))) };
            }
        }
    }
}
