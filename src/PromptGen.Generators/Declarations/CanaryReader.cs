using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using PromptGen.Generators.Declarations.Symbols;
using PromptGen.Generators.Model;

namespace PromptGen.Generators.Declarations;

/// <summary>Reads <c>[Canary]</c>.</summary>
internal static class CanaryReader
{
    public static CanaryDeclaration? Read(IEnumerable<AttributeData> attributes) =>
        attributes.FirstOrDefault(static attribute => attribute.IsPromptGen("Canary")) is { } canary
            ? new CanaryDeclaration(canary.Text(0) ?? "", canary.Number(1), canary.Text("By"))
            : null;
}
