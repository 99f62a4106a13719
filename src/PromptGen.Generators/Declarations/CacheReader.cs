using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using PromptGen.Generators.Declarations.Symbols;
using PromptGen.Generators.Model;

namespace PromptGen.Generators.Declarations;

/// <summary>Reads <c>[Cached]</c>.</summary>
internal static class CacheReader
{
    /// <summary>The longest time that an answer is kept: a year.</summary>
    public const double MostSeconds = 31_536_000;

    /// <returns>What is declared; null where nothing is, or its time means nothing.</returns>
    public static CacheDeclaration? Read(IEnumerable<AttributeData> attributes) =>
        attributes.FirstOrDefault(static attribute => attribute.IsPromptGen("Cached")) is { } cached && IsUsable(cached.Number(0))
            ? new CacheDeclaration(cached.Number(0), cached.Bool("PerScope", false))
            : null;

    public static bool IsUsable(double seconds) => seconds is > 0 and <= MostSeconds;
}
