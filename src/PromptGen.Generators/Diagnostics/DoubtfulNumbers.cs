using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using PromptGen.Generators.Findings;
using PromptGen.Generators.Model;
using PromptGen.Generators.Routing;

namespace PromptGen.Generators.Diagnostics;

/// <summary>
/// PG0505: numbers that are in their range and still cannot be meant, most often because they are in another unit. The prompt works with them, so they are warnings.
/// </summary>
internal static class DoubtfulNumbers
{
    /// <summary>A deadline below it, in seconds, ends before any model can answer over a network.</summary>
    private const double LeastSeconds = 0.05;

    /// <summary>The share of a time-out below which a deadline is doubtful.</summary>
    private const double DoubtfulShare = 0.1;

    /// <summary>An hour, in seconds: one request, hedge or substitute that is given more time was given milliseconds. The slowest models answer within half of it.</summary>
    private const double LongestRequest = 3_600;

    /// <summary>The least deadline, in seconds, that can be one of milliseconds: a second.</summary>
    private const double LeastMilliseconds = 1_000;

    /// <summary>How often the time of all requests of a route fits into a doubtful deadline. Each request is retried twice by default, and waits in between.</summary>
    private const double RoomForRetries = 5;

    /// <summary>Each repair sends the whole conversation again, and what the second one does not correct, the tenth does not either.</summary>
    private const int MostRepairs = 10;

    /// <summary>Cents are a hundredth of dollars.</summary>
    private const double CentsPerDollar = 100;

    public static IEnumerable<Finding> Of(PromptPlan plan) =>
        Deadline(plan).Concat(Budget(plan)).Concat(Repairs(plan.Declaration)).Concat(OutputLimit(plan)).Concat(Substitute(plan.Declaration)).Concat(Hedge(plan.Declaration));

    public static IEnumerable<Finding> Of(ModelDeclaration model)
    {
        if (model.TimeoutSeconds > LongestRequest)
        {
            yield return InMilliseconds(new Place.MemberAttribute(model.Catalog, model.Field, "Model", "TimeoutSeconds"), "TimeoutSeconds", Wording.Number(model.TimeoutSeconds) + ", more than an hour for one request", model.TimeoutSeconds);
        }
    }

    /// <summary>
    /// A deadline in which no model answers, one so much shorter than what a model of the only step may take that a unit was probably mistaken, and one that is never reached.
    /// </summary>
    private static IEnumerable<Finding> Deadline(PromptPlan plan)
    {
        var deadline = plan.Declaration.Route.DeadlineSeconds;
        var place = new Place.Attribute("Deadline", 0, "#0");
        if (deadline < LeastSeconds)
        {
            yield return Finding.At(place, "PG0505", $"The deadline cannot be {Wording.Any(deadline)} s, in which no request is answered", "a number of seconds");
        }
        else if (deadline > LeastMilliseconds && deadline > RoomForRetries * LongestTime(plan))
        {
            yield return InMilliseconds(place, "The deadline", $"{Wording.Number(deadline)} s where {(IsUnlimited(plan) ? "no call takes an hour" : $"all requests of the route end within {Wording.Number(LongestTime(plan))} s")}", deadline);
        }
        else if (plan is { Ensemble: null, Route.Steps.Count: 1 } && plan.Route.Steps[0].Models is { Count: > 0 } models && models.Min(static model => model.EffectiveTimeoutSeconds) is var least && deadline < least * DoubtfulShare)
        {
            yield return Warning(place, "The deadline", $"{Wording.Number(deadline)} s where an attempt may take {Wording.Number(least)} s", "at least what an attempt needs") with { Severity = DiagnosticSeverity.Info };
        }
    }

    /// <summary>The seconds in which every model of the route is asked once, and for each repair again.</summary>
    private static double LongestTime(PromptPlan plan) => IsUnlimited(plan)
        ? LongestRequest / RoomForRetries
        : plan.Route.Steps.Concat(plan.Route.Entries)
            .Sum(static step => System.Math.Max(1, step.Samples) * step.All.Sum(static model => model.EffectiveTimeoutSeconds))
            * (1 + plan.Declaration.Repairs);

    /// <summary>Whether the time-outs of the models do not limit a call: a stream may go on, and neither checks nor the prompts that are called end with a request.</summary>
    private static bool IsUnlimited(PromptPlan plan) => plan.Declaration.IsStream || plan.Declaration.IsChatClient || plan.Declaration.Checks.Count > 0 || CallsPrompts(plan);

    private static bool CallsPrompts(PromptPlan plan) => plan.Clauses.Any(static clause => clause.Children.Any());

    /// <summary>A budget that is a hundred times what a call costs whose every request fills the context window.</summary>
    private static IEnumerable<Finding> Budget(PromptPlan plan)
    {
        if (plan.Declaration.Route.BudgetUsd is > 0 and var budget && plan.Declaration.Options is null && !CallsPrompts(plan) && WorstCase.HighestUsd(plan) is > 0 and var highest && budget >= CentsPerDollar * highest)
        {
            yield return InUnit(new Place.Attribute("Budget", 0, "#0"), "The budget", $"{Wording.Usd(budget)} where no call can cost more than {Wording.Usd(highest)}", budget / CentsPerDollar, "cents");
        }
    }

    private static IEnumerable<Finding> Repairs(PromptDeclaration declaration)
    {
        var place = new Place.Attribute("RoutedPrompt", 0, "Repairs");
        var repairs = declaration.Route.Repairs;
        if (repairs > MostRepairs)
        {
            yield return Warning(place, "Repairs", $"{Wording.Number(repairs)}, since each repair sends the whole conversation again", "1 or 2");
        }
        else if (repairs > 1 && declaration.Repairs == 0)
        {
            yield return Warning(place, "Repairs", $"{Wording.Number(repairs)} where no answer is ever sent back to its model", declaration.IsStream ? "0, since a stream is not repaired" : $"{Wording.Number(repairs)} together with an [AcceptIf] whose Repair is true");
        }
    }

    /// <summary>A limit that no model of the route reaches, or that is below the shortest answer.</summary>
    private static IEnumerable<Finding> OutputLimit(PromptPlan plan)
    {
        var limit = plan.Declaration.Route.MaxOutputTokens;
        var models = plan.Route.Models;
        var place = new Place.Attribute("RoutedPrompt", 0, "MaxOutputTokens");
        if (limit == 0 || models.Count == 0 || plan.Route.Findings.Count > 0)
        {
            yield break;
        }

        if (models.All(static model => model.MaxOutputTokens > 0) && models.Max(static model => model.MaxOutputTokens) is var most && most < limit)
        {
            yield return Warning(place, "MaxOutputTokens", $"{Wording.Number(limit)} where no model of the route writes more than {Wording.Number(most)}", $"{Wording.Number(most)} or less");
        }
        else if (ShortestAnswer.Tokens(plan) is var least && limit < least)
        {
            yield return Warning(place, "MaxOutputTokens", $"{Wording.Number(limit)} where the shortest answer has {Wording.Number(least)} tokens, so that every answer is cut off", "what the longest answer needs");
        }
    }

    private static IEnumerable<Finding> Substitute(PromptDeclaration declaration)
    {
        if (declaration.Fallback?.Seconds is > LongestRequest and var seconds)
        {
            yield return InMilliseconds(new Place.Attribute("Fallback", 0, "Seconds"), "Seconds", Wording.Number(seconds) + ", more than an hour for a substitute", seconds);
        }
    }

    /// <summary>A hedge of a stream, which no time-out of a model limits.</summary>
    private static IEnumerable<Finding> Hedge(PromptDeclaration declaration)
    {
        if (declaration is { IsStream: true, Route.HedgeAfter: > LeastMilliseconds and var seconds })
        {
            yield return InMilliseconds(new Place.Attribute("RoutedPrompt", 0, "HedgeAfter"), "HedgeAfter", Wording.Number(seconds) + ", since every stream begins much earlier", seconds);
        }
    }

    private static Finding InMilliseconds(Place place, string what, string number, double milliseconds) => InUnit(place, what, number, milliseconds / 1_000, "milliseconds");

    private static Finding InUnit(Place place, string what, string number, double meant, string unit) =>
        Warning(place, what, number, $"{Wording.Number(meant)} if {unit} were meant") with { Fix = Wording.Number(meant) };

    private static Finding Warning(Place place, string what, string number, string meant) =>
        Finding.At(place, "PG0505", $"{what} should not be {number}", meant) with { Severity = DiagnosticSeverity.Warning };
}
