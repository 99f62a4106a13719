using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using PromptGen.Generators.Declarations.Symbols;
using PromptGen.Generators.Model;

namespace PromptGen.Generators.Declarations;

/// <summary>Reads <c>[Ensemble]</c>.</summary>
internal static class EnsembleReader
{
    public static EnsembleDeclaration? Read(IEnumerable<AttributeData> attributes) =>
        attributes.FirstOrDefault(static attribute => attribute.IsPromptGen("Ensemble")) is { } ensemble
            ? new EnsembleDeclaration(
                ensemble.ConstructorArguments.Length == 1 ? AttributeReading.Texts(ensemble.ConstructorArguments[0]) : default,
                ensemble.Text("On"),
                ensemble.Has("Quorum") ? ensemble.Int("Quorum", 0) : null,
                ensemble.Int("Samples", 1),
                ensemble.Bool("Eager", false),
                ensemble.Has("Weights") ? ensemble.Numbers("Weights") : null,
                ensemble.Text("ConfidenceMember"))
            : null;
}
