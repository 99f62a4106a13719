using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using PromptGen.Generators.Findings;
using PromptGen.Generators.Model;
using PromptGen.Generators.Routing;

namespace PromptGen.Generators.Diagnostics;

/// <summary>PG0421 to PG0424: learned routers whose file cannot be read, is of something else, is too old, or chooses no better than chance.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class LearnedAnalyzer : PromptAnalyzer
{
    private static readonly Place File = new Place.Attribute("RouteLearned", 0, "#0");

    private readonly Func<DateTime> _today;

    public LearnedAnalyzer()
        : this(static () => DateTime.UtcNow)
    {
    }

    /// <param name="today">The date by which a router's age is judged.</param>
    internal LearnedAnalyzer(Func<DateTime> today)
        : base(Descriptors.UnusableRouter, Descriptors.ForeignRouter, Descriptors.OldRouter, Descriptors.UselessRouter) => _today = today;

    private protected override IEnumerable<Finding> Judge(PromptPlan plan, Catalog catalog)
    {
        if (plan.Declaration.Learned is not { Content: { } content } learned)
        {
            return [];
        }

        return content.Problems.Count > 0
            ? content.Problems.Select(problem => Finding.At(new Place.File(content.Path, problem.Span), "PG0421", learned.File, problem.Message))
            : Origin(plan, content).Select(reason => Finding.At(File, "PG0422", learned.File, reason)).Concat(Age(learned, content.Facts)).Concat(Worth(learned, content.Facts));
    }

    /// <summary>What the router was trained for and the prompt is not.</summary>
    private static IEnumerable<string> Origin(PromptPlan plan, RouterContent content)
    {
        var (facts, name) = (content.Facts, plan.Declaration.PromptName);
        if (facts.Prompt is { } prompt && prompt != name)
        {
            yield return $"the prompt '{prompt}', and this is '{name}'";
        }
        else if (facts.Prompt is null && content.Tasks.Count > 0 && !content.Tasks.Contains(name))
        {
            yield return $"other tasks, of which none is '{name}'";
        }
        else if (facts.Version is { } version && version != plan.Version && version != plan.VersionWithoutRouter)
        {
            yield return $"version {version} of the prompt, which is now {plan.Version}";
        }

        if (plan.Entry.Learned is not { } clause || plan.Route.Steps.Count < 2)
        {
            yield break;
        }

        foreach (var (model, step) in new[] { (facts.Weak, plan.Route.Steps[0]), (facts.Strong, plan.Route.Steps[1]) })
        {
            if (model is not null && !step.All.Any(one => string.Equals(one.Id, model, StringComparison.OrdinalIgnoreCase)))
            {
                yield return $"the model '{model}', which the {(step.Name == clause.Sure ? "first" : "second")} step ({step.Name}) does not have";
            }
        }
    }

    private IEnumerable<Finding> Age(LearnedDeclaration learned, RouterFacts facts)
    {
        if (learned.MaxAgeDays > 0 && (_today().Date - facts.Date).Days is var days && days > learned.MaxAgeDays)
        {
            yield return Finding.At(
                new Place.Attribute("RouteLearned", 0, "MaxAgeDays"),
                "PG0423",
                learned.File,
                Wording.Number(days),
                facts.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                Wording.Number(learned.MaxAgeDays));
        }
    }

    /// <summary>One model alone, or a random choice that costs as much, is at least as good.</summary>
    private static IEnumerable<Finding> Worth(LearnedDeclaration learned, RouterFacts facts)
    {
        if (facts.HeldOut is not { } held)
        {
            yield break;
        }

        var random = held.Weak + (held.StrongCalls * (held.Strong - held.Weak));
        var reason = held.Router <= held.Weak ? $"the weak model alone in {Percent(held.Weak)}"
            : held.Router <= random ? $"a random choice with as many calls of the strong model in {Percent(random)}"
            : null;
        if (reason is not null)
        {
            yield return Finding.At(File, "PG0424", learned.File, Percent(held.Router), reason);
        }
    }

    private static string Percent(double share) => (100 * share).ToString("0.##", CultureInfo.InvariantCulture) + "%";
}
