using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using PromptGen.Generators.Findings;
using PromptGen.Generators.Model;
using PromptGen.Generators.Routing;

namespace PromptGen.Generators.Diagnostics;

/// <summary>PG05: tokens, money and time.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class LimitAnalyzer() : PromptAnalyzer(
    Descriptors.WindowExceeded, Descriptors.BudgetExceeded, Descriptors.LastStepTooLate, Descriptors.UnpricedModel, Descriptors.MeaninglessNumber,
    Descriptors.TemperatureNotSent)
{
    private protected override bool JudgesModels => true;

    private protected override IEnumerable<Finding> Judge(ModelDeclaration model, Catalog catalog) => model.Problems.Concat(DoubtfulNumbers.Of(model));

    private protected override IEnumerable<Finding> Judge(PromptPlan plan, Catalog catalog) =>
        Windows(plan, catalog).Concat(LongInputs(plan)).Concat(Budget(plan)).Concat(Deadline(plan)).Concat(Hedge(plan)).Concat(Temperature(plan)).Concat(Resume(plan)).Concat(Probabilities(plan.Declaration))
            .Concat(DoubtfulNumbers.Of(plan)).Concat(plan.Declaration.Route.Problems);

    private static IEnumerable<Finding> Windows(PromptPlan plan, Catalog catalog)
    {
        var route = plan.Declaration.Route;
        foreach (var choice in plan.Selection.Choices)
        {
            // A model that only the options of a call may name is no part of what is declared.
            if (plan.Route.Find(choice.ModelId) is not { } model)
            {
                continue;
            }

            var previous = plan.PreviousTokens(model);
            var tokens = (int)System.Math.Min(int.MaxValue, (long)plan.StaticTokens(model) + previous);
            var output = WorstCase.OutputLimit(route, model) ?? 0;
            if (model.ContextWindow > 0 && (long)tokens + output > model.ContextWindow && !IsJudgedInCatalog(route, model, tokens, catalog))
            {
                Place place = route.MaxOutputTokens > 0 && tokens <= model.ContextWindow
                    ? new Place.Attribute("RoutedPrompt", 0, "MaxOutputTokens")
                    : new Place.Attribute("PromptTemplate", choice.Template);
                yield return Finding.At(place, "PG0501", route.MaxOutputTokens == 0 && output >= model.ContextWindow ? ContradictoryLimits(model) : TooLong(model, tokens, output, previous > 0));
            }
        }
    }

    /// <summary>Rules that send only inputs to a step that none of its models has room for.</summary>
    private static IEnumerable<Finding> LongInputs(PromptPlan plan)
    {
        var rules = plan.Entry.Rules;
        for (var i = 0; i < rules.Count && plan.Route.Findings.Count == 0; i++)
        {
            var (entry, least) = (rules[i].Entry.Step, rules[i].Rule.MinInputTokens);
            var models = plan.Route.Steps.Concat(plan.Route.Entries).First(step => step.Name == entry).All.ToArray();
            if (models.All(model => model.ContextWindow > 0 && model.ContextWindow < least))
            {
                yield return Finding.At(
                    new Place.Attribute("RouteWhen", i, "MinInputTokens"),
                    "PG0501",
                    $"Every input of this rule has {Wording.Number(least)} tokens or more, which exceed the context window of each model of {entry} (at most {Wording.Number(models.Max(static model => model.ContextWindow))}): lower MinInputTokens, or enter at a step with larger windows");
            }
        }
    }

    /// <summary>Whether the limits of the model alone are at fault, which PG0802 reports in the project's own catalog.</summary>
    private static bool IsJudgedInCatalog(RouteDeclaration route, ModelDeclaration model, int tokens, Catalog catalog) =>
        route.MaxOutputTokens == 0 && model.MaxOutputTokens > model.ContextWindow && tokens <= model.ContextWindow && catalog.IsOwn(model);

    private static string ContradictoryLimits(ModelDeclaration model) =>
        $"'{model.Id}' declares MaxOutputTokens {Wording.Number(model.MaxOutputTokens)} but ContextWindow {Wording.Number(model.ContextWindow)}: correct the catalog or set MaxOutputTokens";

    private static string TooLong(ModelDeclaration model, int tokens, int output, bool hasPrevious) =>
        $"The static text{(hasPrevious ? ", the answer of an earlier step" : "")} and the schema (about {Wording.Number(tokens)} tokens) and the output limit ({Wording.Number(output)}) exceed the context window of '{model.Id}' ({Wording.Number(model.ContextWindow)}): "
        + "shorten the template or lower MaxOutputTokens";

    private static IEnumerable<Finding> Budget(PromptPlan plan)
    {
        var budget = plan.Declaration.Route.BudgetUsd;
        if (!(budget > 0))
        {
            yield break;
        }

        var place = new Place.Attribute("Budget", 0, "#0");
        var unpriced = plan.Route.Models.Where(static model => !model.IsPriced).ToArray();
        if (unpriced.Length > 0)
        {
            yield return Finding.At(place, "PG0504", ModelWording.List(unpriced));
        }
        else if (WorstCase.Usd(plan) is { } usd && usd > budget)
        {
            var sum = string.Join(" + ", plan.Route.Steps.Take(1).SelectMany(first => WorstCase.Steps(plan, first)).Select(static one => one.Step.Name + " " + Wording.Usd(one.Usd ?? 0)));
            var finding = Finding.At(
                place,
                "PG0502",
                $"The route can cost {Wording.Usd(usd)} ({sum}) before any parameter is counted, more than the budget of {Wording.Usd(budget)}: "
                + "raise the budget, lower MaxOutputTokens or Repairs, or shorten the route");
            yield return finding with { Fix = Wording.Number(RoundUp(usd)) };
        }
    }

    /// <summary>The next number of two digits, so that a limit reads as one that was chosen.</summary>
    private static double RoundUp(double number)
    {
        var unit = System.Math.Pow(10, System.Math.Floor(System.Math.Log10(number)) - 1);
        return System.Math.Ceiling((number / unit) - 1e-9) * unit;
    }

    private static IEnumerable<Finding> Temperature(PromptPlan plan)
    {
        var without = plan.Route.Models.Where(static model => !model.AcceptsTemperature).ToArray();
        if (!double.IsNaN(plan.Declaration.Route.Temperature) && without.Length > 0)
        {
            yield return Finding.At(new Place.Attribute("RoutedPrompt", 0, "Temperature"), "PG0506", ModelWording.List(without));
        }
    }

    /// <summary>A hedge that never starts: no step has a model to ask beside another one, or the request or the call ends before.</summary>
    private static IEnumerable<Finding> Hedge(PromptPlan plan)
    {
        var route = plan.Declaration.Route;
        if (!(route.HedgeAfter > 0) || plan.Route.Findings.Count > 0)
        {
            yield break;
        }

        var seconds = Wording.Number(route.HedgeAfter);
        var first = plan.Route.Steps.Concat(plan.Route.Entries).Where(static step => step.Samples == 0).SelectMany(static step => step.All.Reverse().Skip(1)).ToArray();
        var (number, meant) = first.Length == 0 ? ($"{seconds} where no step has another model to ask", $"{seconds} together with Fallbacks")
            : route.DeadlineSeconds <= route.HedgeAfter ? ($"{seconds} with a deadline of {Wording.Number(route.DeadlineSeconds)} s", "less than the deadline")
            : !plan.Declaration.IsStream && first.Max(static model => model.EffectiveTimeoutSeconds) is var longest && longest <= route.HedgeAfter
                ? ($"{seconds} where every request that another model could follow times out after {Wording.Number(longest)} s", "less than TimeoutSeconds of the models")
            : default;
        if (number is not null)
        {
            yield return Finding.At(new Place.Attribute("RoutedPrompt", 0, "HedgeAfter"), "PG0505", "HedgeAfter cannot be " + number, meant);
        }
    }

    private static IEnumerable<Finding> Probabilities(PromptDeclaration declaration) => declaration.Likelihoods
        .Select(static (likelihood, i) => (likelihood, i))
        .Where(static one => !one.likelihood.IsInRange)
        .Select(static one => Finding.At(
            new Place.Attribute("AcceptLikely", one.i, "#0"), "PG0505", "The probability cannot be " + Wording.Any(one.likelihood.Probability), "a number above 0, at most 1"));

    /// <summary>A stream resumes where it is of items that another model can continue, and there is another model.</summary>
    private static IEnumerable<Finding> Resume(PromptPlan plan)
    {
        var place = new Place.Attribute("RoutedPrompt", 0, "Resume");
        if (plan.Declaration is { Route.Resume: true, Resumes: false })
        {
            yield return Finding.At(place, "PG0505", "Resume cannot be true where neither text nor elements are streamed", "true on a method that returns IAsyncEnumerable<string> or the elements of a list");
        }
        else if (plan is { Declaration.Resumes: true, Route: { Findings.Count: 0, Models.Count: 1 } })
        {
            yield return Finding.At(place, "PG0505", "Resume cannot be true where the route has one model", "true together with Fallbacks, another model or EscalateTo");
        }
    }

    /// <summary>One model per step, no repairs: what a call takes when every step before the last is used once.</summary>
    private static IEnumerable<Finding> Deadline(PromptPlan plan)
    {
        var deadline = plan.Declaration.Route.DeadlineSeconds;
        var steps = plan.Route.Steps;
        var before = steps.Take(steps.Count - 1).Select(static step => (step.Name, Seconds: step.Models[0].EffectiveTimeoutSeconds)).ToList();
        if (plan.Ensemble is { } ensemble && steps.Count > 0)
        {
            before.Insert(0, ("the ensemble", Seconds(ensemble)));
        }

        if (deadline > 0 && before.Count > 0 && before.Sum(static step => step.Seconds) >= deadline)
        {
            var sum = string.Join(" + ", before.Select(static step => step.Name + " " + Wording.Number(step.Seconds) + " s"));
            var finding = Finding.At(
                new Place.Attribute("Deadline", 0, "#0"),
                "PG0503",
                $"The time-outs of the steps before {steps[steps.Count - 1].Name} ({sum}) use up the deadline of {Wording.Number(deadline)} s, so it may never be asked: raise the deadline or lower TimeoutSeconds");
            yield return finding with { Fix = Wording.Number(before.Sum(static step => step.Seconds) + steps[steps.Count - 1].Models[0].EffectiveTimeoutSeconds) };
        }
    }

    /// <summary>As long as its slowest member that is asked at once; each of the others follows one that gave no vote.</summary>
    private static double Seconds(EnsembleClause ensemble)
    {
        var voters = Enumerable.Repeat(ensemble.Step.Models, ensemble.Step.Samples).SelectMany(static models => models).Select(static model => model.EffectiveTimeoutSeconds).ToArray();
        var first = ensemble.AskedFirst;
        return voters.Take(first).Max() + voters.Skip(first).Sum();
    }
}
