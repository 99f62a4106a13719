using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using PromptGen.Generators.Declarations.Symbols;
using PromptGen.Generators.Model;
using PromptGen.Generators.Text;

namespace PromptGen.Generators.Declarations;

/// <summary>Reads <c>[AcceptLikely]</c>. One without its number is not there yet.</summary>
internal static class LikelihoodReader
{
    public static EquatableArray<LikelihoodDeclaration> Read(IEnumerable<AttributeData> attributes) => attributes
        .Where(static attribute => attribute.IsPromptGen("AcceptLikely") && attribute.ConstructorArguments.Length == 1 && attribute.ConstructorArguments[0].Kind == TypedConstantKind.Primitive)
        .Select(static attribute => new LikelihoodDeclaration(
            attribute.Number(0),
            attribute.Text("Member"),
            attribute.Int("WhenUnknown", 0) is >= 0 and <= (int)WhenUnknown.Throw and var unknown ? (WhenUnknown)unknown : WhenUnknown.Reject)
        {
            Calibration = attribute.Text("Calibration") is { } file ? new CalibrationDeclaration(file) : null,
        })
        .ToEquatableArray();
}
