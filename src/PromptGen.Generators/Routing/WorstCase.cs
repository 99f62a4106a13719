using System;
using System.Collections.Generic;
using System.Linq;
using PromptGen.Generators.Model;

namespace PromptGen.Generators.Routing;

/// <summary>
/// The most that a call can cost: all members of an ensemble answer, in every step the most expensive model (the two most expensive ones where a hedge asks one beside another)
/// answers, is asked again as often as repairs are allowed, and is rejected. Where the prompt resumes, every model answers in turn, behind all that those before it have delivered;
/// together with a hedge, the most expensive one was asked beside another before.
/// Only what is known at build time counts: the templates' static text, the schema and the output limits.
/// </summary>
internal static class WorstCase
{
    /// <summary>USD, or null where a price or an output limit is not known.</summary>
    /// <param name="plan">The planned prompt.</param>
    public static double? Usd(PromptPlan plan)
    {
        var dearest = 0d;
        foreach (var first in plan.Route.Steps.Take(1).Concat(plan.Route.Entries).Concat(plan.Route.Choices.Where(step => plan.Route.Reaches(step.Tier))))
        {
            if (Steps(plan, first).Sum(static step => step.Usd ?? double.NaN) is var sum && double.IsNaN(sum))
            {
                return null;
            }

            dearest = Math.Max(dearest, sum);
        }

        return dearest;
    }

    /// <summary>A step and those behind it, each with the USD that it can cost at most, or null where a price or an output limit is not known.</summary>
    public static IEnumerable<(PlannedStep Step, double? Usd)> Steps(PromptPlan plan, PlannedStep first)
    {
        var (delivered, beside, longest) = (0d, 0d, 0);
        var usesPrevious = plan.UsesPrevious;
        foreach (var step in plan.Route.From(first))
        {
            yield return (step, plan.Declaration.Resumes ? Resumed(plan, step, ref delivered, ref beside) : Usd(plan, step, longest));
            if (usesPrevious)
            {
                longest = step.All.Select(model => OutputLimit(plan.Declaration.Route, model) ?? 0).Append(longest).Max();
            }
        }
    }

    /// <summary>USD that one step can cost at most where the prompt resumes, or null where a price or an output limit is not known.</summary>
    /// <param name="plan">The planned prompt.</param>
    /// <param name="step">The step.</param>
    /// <param name="delivered">The tokens that the models so far can have delivered.</param>
    /// <param name="beside">What counts so far for a model that a hedge asked beside the one that broke off: it may be asked again, once in a call.</param>
    private static double? Resumed(PromptPlan plan, PlannedStep step, ref double delivered, ref double beside)
    {
        var (dearest, sum, count) = (0d, 0d, 0);
        foreach (var model in step.All)
        {
            if (!model.IsPriced || OutputLimit(plan.Declaration.Route, model) is not { } limit)
            {
                return null;
            }

            double text = plan.StaticTokens(model);
            dearest = Math.Max(dearest, Usd(model, text, limit));
            sum += Usd(model, text + (delivered == 0 ? 0 : Math.Ceiling((delivered + ContinuationTokens.Instruction) * model.TokenFactor)), limit);
            delivered += limit;
            count++;
        }

        var more = plan.Declaration.Route.HedgeAfter > 0 && count > 1 ? Math.Max(0, dearest - beside) : 0;
        beside += more;
        return sum + more;
    }

    /// <summary>USD that one step can cost at most, or null where a price or an output limit is not known.</summary>
    /// <param name="plan">The planned prompt.</param>
    /// <param name="step">The step.</param>
    /// <param name="previous">The tokens of the answer of an earlier step in each of its requests.</param>
    public static double? Usd(PromptPlan plan, PlannedStep step, int previous = 0)
    {
        var (dearest, second, sum) = (0d, 0d, 0d);
        foreach (var model in step.All)
        {
            if (Usd(plan, model, previous) is not { } usd)
            {
                return null;
            }

            second = Math.Max(second, Math.Min(dearest, usd));
            dearest = Math.Max(dearest, usd);
            sum += usd;
        }

        return step.Samples > 0 ? step.Samples * sum
            : plan.Declaration.Route.HedgeAfter > 0 ? dearest + second
            : dearest;
    }

    /// <summary>USD that no call costs: every model of the route is asked, and for each repair again, with a request that fills its context window; null where a price or a limit is not known.</summary>
    public static double? HighestUsd(PromptPlan plan)
    {
        var sum = 0d;
        foreach (var step in plan.Route.Steps.Concat(plan.Route.Entries))
        {
            foreach (var model in step.All)
            {
                if (!model.IsPriced || model.ContextWindow == 0 || OutputLimit(plan.Declaration.Route, model) is not { } limit)
                {
                    return null;
                }

                sum += Math.Max(1, step.Samples) * (1 + plan.Declaration.Repairs) * Usd(model, (double)model.ContextWindow, limit);
            }
        }

        return sum;
    }

    /// <summary>The output limit that holds for a model, or null where none is known.</summary>
    public static int? OutputLimit(RouteDeclaration route, ModelDeclaration model) =>
        ModelDefaults.OutputLimit(Known(route.MaxOutputTokens), Known(model.MaxOutputTokens));

    private static int? Known(int limit) => limit > 0 ? limit : null;

    private static double? Usd(PromptPlan plan, ModelDeclaration model, int previous)
    {
        if (!model.IsPriced || OutputLimit(plan.Declaration.Route, model) is not { } limit)
        {
            return null;
        }

        var text = (double)plan.StaticTokens(model) + previous;
        return Usd(model, text, limit) + (plan.Declaration.Repairs * Usd(model, text + limit, limit));
    }

    /// <summary>One request. Providers charge one whose input exceeds a threshold at higher prices, for all of its tokens.</summary>
    private static double Usd(ModelDeclaration model, double input, double output)
    {
        var (inputPrice, outputPrice, step) = (model.InputPrice, model.OutputPrice, 1d);
        if (model.LongContextFrom > 0 && input > model.LongContextFrom)
        {
            step = Step(model.InputPrice, model.LongContextInputPrice);
            inputPrice = Either(model.LongContextInputPrice, inputPrice);
            outputPrice = Either(model.LongContextOutputPrice, outputPrice);
        }

        var dearest = Math.Max(inputPrice, Either(model.CacheWritePrice * step, inputPrice));
        return ((input * dearest) + (output * outputPrice)) / 1_000_000d;
    }

    private static double Step(double below, double above) => above < below * ModelDefaults.MaxLongContextStep ? above / below : 1;

    private static double Either(double price, double otherwise) => double.IsNaN(price) ? otherwise : price;
}
