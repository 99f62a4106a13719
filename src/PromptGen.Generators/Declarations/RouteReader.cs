using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using PromptGen.Generators.Declarations.Symbols;
using PromptGen.Generators.Findings;
using PromptGen.Generators.Model;
using PromptGen.Generators.Text;

namespace PromptGen.Generators.Declarations;

/// <summary>Reads route, limits and data policy of a prompt.</summary>
internal static class RouteReader
{
    private const string Seconds = "Seconds";

    public static RouteDeclaration Read(AttributeData routed, IEnumerable<AttributeData> attributes)
    {
        var problems = new List<Finding>();
        double budget = double.NaN, deadline = double.NaN;
        var selfHostedOnly = false;
        var rules = 0;
        foreach (var attribute in attributes)
        {
            switch (attribute.PromptGenName())
            {
                case "Budget": budget = Limit(attribute, "The budget", "an amount of USD above 0", problems); break;
                case "Deadline": deadline = Limit(attribute, "The deadline", "a number of seconds above 0", problems); break;
                case "Cached": CheckCached(attribute, problems); break;
                case "Fallback": CheckFallback(attribute, problems); break;
                case "SelfHostedOnly": selfHostedOnly = true; break;
                case "RouteWhen": CheckRule(attribute, rules++, problems); break;
                case "RouteLearned": CheckLearned(attribute, problems); break;
            }
        }

        var start = Tier(routed.Enum(0));
        var models = start is null && routed.ConstructorArguments.Length == 1
            ? AttributeReading.Texts(routed.ConstructorArguments[0])
            : default;
        return new RouteDeclaration(
            start,
            models,
            routed.Has("EscalateTo") ? (Tier?)Named(routed, "EscalateTo", (int)Model.Tier.SelfHosted, "a member of Tier", problems) : null,
            routed.Texts("Fallbacks"),
            Count(routed, "Repairs", 1, problems),
            Temperature(routed, problems),
            Count(routed, "MaxOutputTokens", 0, problems),
            (ModelFeatures)routed.Int("Requires", 0),
            (Tolerance?)Named(routed, "Tolerance", (int)Tolerance.Salvage, "a member of Tolerance", problems) ?? Tolerance.Lenient,
            budget,
            deadline,
            selfHostedOnly)
        {
            Order = (StepOrder?)Named(routed, "Order", (int)StepOrder.Balanced, "a member of StepOrder", problems) ?? StepOrder.Catalog,
            HedgeAfter = HedgeAfter(routed, problems),
            Resume = routed.Bool("Resume", false),
            Revision = routed.Text("Revision"),
            Problems = problems.ToEquatableArray(),
        };
    }

    /// <summary>How long the <c>[Fallback]</c> method may take; NaN where that is not set, or means nothing.</summary>
    public static double FallbackSeconds(AttributeData fallback) => fallback.Number(Seconds, double.NaN) is > 0 and <= SubstituteTime.Most and var seconds ? seconds : double.NaN;

    private static void CheckFallback(AttributeData fallback, List<Finding> problems)
    {
        if (fallback.Has(Seconds) && double.IsNaN(FallbackSeconds(fallback)))
        {
            problems.Add(Meaningless(new Place.Attribute("Fallback", 0, Seconds), Seconds, Wording.Any(fallback.Number(Seconds, double.NaN)), "a number of seconds above 0, at most 86400"));
        }
    }

    private static void CheckCached(AttributeData cached, List<Finding> problems)
    {
        if (!CacheReader.IsUsable(cached.Number(0)))
        {
            problems.Add(Meaningless(new Place.Attribute("Cached", 0, "#0"), "The time of [Cached]", Wording.Any(cached.Number(0)), "a number of seconds above 0, at most 31536000"));
        }
    }

    private static int Count(AttributeData routed, string name, int missing, List<Finding> problems)
    {
        var count = routed.Int(name, missing);
        if (count >= 0)
        {
            return count;
        }

        problems.Add(Meaningless(new Place.Attribute("RoutedPrompt", 0, name), name, Wording.Number(count), "0 or more"));
        return missing;
    }

    /// <summary>The member of an enum that an argument names; null where it names none, or is not set.</summary>
    private static int? Named(AttributeData routed, string name, int last, string meant, List<Finding> problems)
    {
        if (!routed.Has(name))
        {
            return null;
        }

        var value = routed.Int(name, -1);
        if (value >= 0 && value <= last)
        {
            return value;
        }

        problems.Add(Meaningless(new Place.Attribute("RoutedPrompt", 0, name), name, Wording.Number(value), meant));
        return null;
    }

    private static double Temperature(AttributeData routed, List<Finding> problems)
    {
        const string Name = "Temperature";
        var temperature = routed.Number(Name, double.NaN);
        if (double.IsNaN(temperature) || temperature is >= 0 and <= 2)
        {
            return temperature;
        }

        problems.Add(Meaningless(new Place.Attribute("RoutedPrompt", 0, Name), Name, Wording.Any(temperature), "a number from 0 to 2"));
        return double.NaN;
    }

    private static double HedgeAfter(AttributeData routed, List<Finding> problems)
    {
        const string Name = "HedgeAfter";
        var seconds = routed.Number(Name, double.NaN);
        if (!routed.Has(Name) || seconds is > 0 and <= SubstituteTime.Most)
        {
            return seconds;
        }

        problems.Add(Meaningless(new Place.Attribute("RoutedPrompt", 0, Name), Name, Wording.Any(seconds), "a number of seconds above 0, at most 86400"));
        return double.NaN;
    }

    private static void CheckRule(AttributeData rule, int index, List<Finding> problems)
    {
        foreach (var name in new[] { "MinInputTokens", "MaxInputTokens" })
        {
            if (rule.Int(name, 0) is < 0 and var tokens)
            {
                problems.Add(Meaningless(new Place.Attribute("RouteWhen", index, name), name, Wording.Number(tokens), "0 or more"));
            }
        }
    }

    private static void CheckLearned(AttributeData learned, List<Finding> problems)
    {
        if (learned.Has(LearnedReader.AtLeast) && !LearnedReader.IsShare(learned))
        {
            problems.Add(Meaningless(
                new Place.Attribute("RouteLearned", 0, LearnedReader.AtLeast), LearnedReader.AtLeast, Wording.Any(learned.Number(LearnedReader.AtLeast, double.NaN)), "a number from 0 to 1"));
        }

        if (learned.Has(LearnedReader.MaxAgeDays) && learned.Int(LearnedReader.MaxAgeDays, 0) is <= 0 and var days)
        {
            problems.Add(Meaningless(new Place.Attribute("RouteLearned", 0, LearnedReader.MaxAgeDays), LearnedReader.MaxAgeDays, Wording.Number(days), "1 or more"));
        }
    }

    /// <summary>The one number of an attribute, NaN where it is incomplete, means nothing, or is too large to be a limit.</summary>
    private static double Limit(AttributeData attribute, string what, string meant, List<Finding> problems)
    {
        if (attribute.ConstructorArguments.Length != 1 || attribute.ConstructorArguments[0].Kind != TypedConstantKind.Primitive)
        {
            return double.NaN;
        }

        var number = attribute.Number(0);
        var place = new Place.Attribute(attribute.PromptGenName()!, 0, "#0");
        if (!(number > 0) || double.IsInfinity(number))
        {
            problems.Add(Meaningless(place, what, Wording.Any(number), meant));
            return double.NaN;
        }

        return number < 1e9 ? number : double.NaN;
    }

    private static Finding Meaningless(Place place, string what, string number, string meant) => Finding.At(place, "PG0505", $"{what} cannot be {number}", meant);

    private static Tier? Tier(int? value) => value is >= 0 and <= (int)Model.Tier.SelfHosted ? (Tier)value : null;
}
