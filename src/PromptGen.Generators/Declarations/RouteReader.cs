using System.Collections.Generic;
using Microsoft.CodeAnalysis;

namespace PromptGen.Generators.Declarations;

/// <summary>Reads route, limits and data policy of a prompt.</summary>
internal static class RouteReader
{
    public static RouteDeclaration Read(AttributeData routed, IEnumerable<AttributeData> attributes)
    {
        double budget = double.NaN, deadline = double.NaN;
        var selfHostedOnly = false;
        foreach (var attribute in attributes)
        {
            switch (attribute.PromptGenName())
            {
                case "Budget": budget = attribute.Number(0); break;
                case "Deadline": deadline = attribute.Number(0); break;
                case "SelfHostedOnly": selfHostedOnly = true; break;
            }
        }

        var start = Tier(routed.Enum(0));
        var models = start is null && routed.ConstructorArguments.Length == 1
            ? AttributeReading.Texts(routed.ConstructorArguments[0])
            : default;
        return new RouteDeclaration(
            start,
            models,
            routed.Has("EscalateTo") ? Tier(routed.Int("EscalateTo", -1)) : null,
            routed.Texts("Fallbacks"),
            System.Math.Max(0, routed.Int("Repairs", 1)),
            routed.Number("Temperature", double.NaN),
            System.Math.Max(0, routed.Int("MaxOutputTokens", 0)),
            (ModelFeatures)routed.Int("Requires", 0),
            routed.Int("Tolerance", (int)Tolerance.Lenient) is >= 0 and <= (int)Tolerance.Salvage and var tolerance ? (Tolerance)tolerance : Tolerance.Lenient,
            Limit(budget),
            Limit(deadline),
            selfHostedOnly);
    }

    // A limit of nothing or less is a limit that every call exceeds: PG0502 and PG0503 say so. One without an end is none.
    private static double Limit(double value) => value < 0 ? 0 : value < 1e9 ? value : double.NaN;

    private static Tier? Tier(int? value) => value is >= 0 and <= (int)Declarations.Tier.SelfHosted ? (Tier)value : null;
}
