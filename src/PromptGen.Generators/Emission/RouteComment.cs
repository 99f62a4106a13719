using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using PromptGen.Generators.Model;
using PromptGen.Generators.Routing;
using PromptGen.Generators.Text;

namespace PromptGen.Generators.Emission;

/// <summary>Writes the comment at the head of a prompt's file: the route as a table that a person reads first.</summary>
internal static class RouteComment
{
    public static void Write(SourceWriter writer, PromptPlan plan)
    {
        var declaration = plan.Declaration;
        var data = declaration.Parameters.Where(static parameter => parameter.IsData).Select(static parameter => parameter.Name);
        var title = $"{declaration.Container.Type.Name}.{declaration.Name}({string.Join(", ", data)}) → {declaration.OutputName}{Manner(declaration.Return)}";
        writer.Line($"// {title.PadRight(80)}  version {plan.Version}");

        var width = System.Math.Max(8, plan.Route.Steps.Concat(plan.Route.Entries).Max(static step => step.Name.Length)) + 2;
        var number = 1;
        foreach (var step in plan.Route.Steps)
        {
            writer.Line($"//   {number++}  {step.Name.PadRight(width)}{Models(step.Models)}{Fallbacks(step)}");
        }

        foreach (var step in plan.Route.Entries)
        {
            writer.Line($"//   +  {step.Name.PadRight(width)}{Models(step.Models)}{Fallbacks(step)}{(step.Next is { } next ? ", then " + next : "")}");
        }

        if (Order(declaration.Route.Order) is { } order)
        {
            writer.Line($"//   {"order".PadRight(width + 3)}{order}");
        }

        if (declaration.Route.HedgeAfter is > 0 and var seconds)
        {
            writer.Line($"//   {"hedge".PadRight(width + 3)}asks the next model of the step too after {Number(seconds)} s without {(declaration.IsStream ? "a first item" : "an answer")}; the first accepted answer is returned");
        }

        foreach (var clause in plan.Entry.Clauses)
        {
            writer.Line($"//   {(clause is CanaryClause ? "canary" : "enters").PadRight(width + 3)}{GeneratedFile.OneLine(clause.Description)}");
        }

        if (plan.Ensemble is { } ensemble)
        {
            writer.Line($"//   {"votes".PadRight(width + 3)}{GeneratedFile.OneLine(ensemble.Description)}");
        }

        if (plan.Cache is { } cache)
        {
            writer.Line($"//   {"kept".PadRight(width + 3)}{cache.Description}");
        }

        foreach (var (label, text) in Rules(plan))
        {
            writer.Line($"//   {label.PadRight(width + 3)}{text}");
        }

        writer.Line();
    }

    private static string Manner(ReturnKind kind) => kind switch
    {
        ReturnKind.TextStream => ", as it comes",
        ReturnKind.ElementStream => ", one after another",
        ReturnKind.SnapshotStream => ", while it grows",
        _ => "",
    };

    private static string? Order(StepOrder order) => order switch
    {
        StepOrder.Cheapest => "the cheapest model of a step first, then another provider",
        StepOrder.Fastest => "the fastest model of a step first, then another provider",
        StepOrder.Balanced => "the model of a step with the fewest requests in flight first, then another provider",
        _ => null,
    };

    private static string Fallbacks(PlannedStep step) =>
        step.Fallbacks.Count == 0 ? "" : "; if none is available " + Models(step.Fallbacks);

    private static string Models(EquatableArray<ModelDeclaration> models) => GeneratedFile.OneLine(string.Join(", ", models));

    private static IEnumerable<(string Label, string Text)> Rules(PromptPlan plan)
    {
        var declaration = plan.Declaration;
        if (declaration.IsChatClient)
        {
            yield return ("answers", "the caller's own messages; whatever a model answers is handed over");
            yield return ("unavailable", "the next model, then the next step");
            yield return ("at most", AtMost(plan));
            yield break;
        }

        var conditions = new List<string>();
        if (!declaration.IsText)
        {
            conditions.Add("the contract holds");
        }

        conditions.AddRange(plan.Acceptance.Select(static clause => clause.Description));
        yield return ("accepted", (declaration.Element is null ? "" : "each element for itself: ") + (conditions.Count == 0 ? "any text" : string.Join(" and ", conditions)));

        var repairs = declaration.Repairs;
        var again = declaration.IsStream ? "not repaired; " : repairs == 0 ? "" : $"asked again {(repairs == 1 ? "once" : repairs.ToString(CultureInfo.InvariantCulture) + " times")} with its violations, then ";
        yield return ("rejected", again + (plan.Route.Steps.Count > 1 ? "the next step" + (plan.UsesPrevious ? ", which gets the answer and the reason" : "") : "the route is exhausted")
            + (declaration.IsStream ? "; once an item was handed over the stream fails instead" : ""));
        if (declaration.Resumes)
        {
            yield return ("broken off", "the next model, then the next step continues behind what was handed over");
        }

        if (declaration.Fallback is { } fallback)
        {
            yield return ("exhausted", $"{fallback.Name} answers, within {Number(double.IsNaN(fallback.Seconds) ? SubstituteTime.Default : fallback.Seconds)} s");
        }

        yield return ("at most", AtMost(plan));
    }

    private static string AtMost(PromptPlan plan)
    {
        var usd = WorstCase.Usd(plan);
        var cost = usd is { } known
            ? $"${known.ToString("0.0000##", CultureInfo.InvariantCulture)} and the {(plan.Declaration.IsChatClient ? "messages" : "parameters")}' tokens"
            : "a cost that is not known at build time";
        var route = plan.Declaration.Route;
        var budget = double.IsNaN(route.BudgetUsd) ? "" : $", stopped at ${Number(route.BudgetUsd)}";
        var deadline = double.IsNaN(route.DeadlineSeconds) ? "" : $", {Number(route.DeadlineSeconds)} s";
        var called = plan.Clauses.Any(static clause => clause.Children.Any()) ? ", the prompts that it calls not counted" : "";
        return cost + called + budget + deadline;
    }

    private static string Number(double value) => value.ToString("0.############", CultureInfo.InvariantCulture);
}
