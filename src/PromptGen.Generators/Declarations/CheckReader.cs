using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using PromptGen.Generators.Declarations.Symbols;
using PromptGen.Generators.Model;
using PromptGen.Generators.Text;

namespace PromptGen.Generators.Declarations;

/// <summary>Reads <c>[AcceptIf]</c>: the method that it names, what the method gets and what its answer means.</summary>
internal static class CheckReader
{
    public static EquatableArray<CheckDeclaration> Read(IMethodSymbol prompt, IEnumerable<AttributeData> attributes, Output output, ContainerFacts facts) => attributes
        .Where(static attribute => attribute.IsPromptGen("AcceptIf"))
        .Select(attribute => Read(prompt, attribute, output, facts))
        .ToEquatableArray();

    private static CheckDeclaration Read(IMethodSymbol prompt, AttributeData attribute, Output output, ContainerFacts facts)
    {
        var reader = new CalledMethodReader(prompt, output.Type);
        var (atLeast, atMost) = (attribute.Number("AtLeast", double.NaN), attribute.Number("AtMost", double.NaN));
        var hasBounds = !double.IsNaN(atLeast) || !double.IsNaN(atMost);
        var isCheckable = output.Type is not null && !output.Kind.IsHandedOverUnjudged();
        var call = reader.Read(attribute.Text(0) ?? "", (method, type, _) => isCheckable ? Meaning(method, type, hasBounds) : AnswerKind.None);
        return new CheckDeclaration(
            call,
            atLeast,
            atMost,
            attribute.Int("WhenUnknown", 0) is >= 0 and <= (int)WhenUnknown.Throw and var unknown ? (WhenUnknown)unknown : WhenUnknown.Reject,
            attribute.Bool("Repair", false))
        {
            Judge = CalledPromptReader.Of(reader.Found, prompt, facts),
        };
    }

    /// <summary>What a value of a type says of an answer. A prompt that gives plain text would reject every answer.</summary>
    private static AnswerKind Meaning(IMethodSymbol method, ITypeSymbol type, bool hasBounds)
    {
        if (hasBounds)
        {
            return IsNumber(type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable ? nullable.TypeArguments[0] : type) ? AnswerKind.Score : AnswerKind.None;
        }

        return type.SpecialType switch
        {
            SpecialType.System_Boolean => AnswerKind.Verdict,
            SpecialType.System_String when type.NullableAnnotation == NullableAnnotation.Annotated || !method.HasPromptGenAttribute("RoutedPrompt") => AnswerKind.Reason,
            _ => AnswerKind.None,
        };
    }

    private static bool IsNumber(ITypeSymbol type) => type.SpecialType is >= SpecialType.System_SByte and <= SpecialType.System_Double;
}
