using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using PromptGen.Generators.Declarations.Symbols;
using PromptGen.Generators.Model;

namespace PromptGen.Generators.Declarations;

/// <summary>Reads <c>[RouteLearned]</c>. A number out of range is as if it was not written.</summary>
internal static class LearnedReader
{
    public const string AtLeast = "AtLeast";
    public const string MaxAgeDays = "MaxAgeDays";

    public static LearnedDeclaration? Read(IEnumerable<AttributeData> attributes) =>
        attributes.FirstOrDefault(static attribute => attribute.IsPromptGen("RouteLearned")) is { } learned
            ? new LearnedDeclaration(
                learned.Text(0) ?? "",
                IsShare(learned) ? learned.Number(AtLeast, double.NaN) : double.NaN,
                learned.Text("In"),
                System.Math.Max(0, learned.Int(MaxAgeDays, 0)))
            : null;

    /// <summary>Whether the least score is one that a router can give.</summary>
    public static bool IsShare(AttributeData learned) => learned.Number(AtLeast, double.NaN) is >= 0 and <= 1;
}
