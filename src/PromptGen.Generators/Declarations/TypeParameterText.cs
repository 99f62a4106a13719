using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using PromptGen.Generators.Declarations.Symbols;
using PromptGen.Generators.Text;

namespace PromptGen.Generators.Declarations;

/// <summary>Type parameters of a method as its other part has to repeat them.</summary>
internal static class TypeParameterText
{
    /// <summary><c>&lt;T, U&gt;</c>; empty where there are none.</summary>
    public static string Of(IMethodSymbol method) => method.TypeParameters.Length == 0
        ? ""
        : "<" + string.Join(", ", method.TypeParameters.Select(static parameter => CSharpName.Escape(parameter.Name))) + ">";

    /// <summary><c> where T : class</c>, once for each that is constrained.</summary>
    public static string ConstraintsOf(IMethodSymbol method) => string.Concat(method.TypeParameters.Select(static parameter =>
        string.Join(", ", Constraints(parameter)) is { Length: > 0 } constraints ? $" where {CSharpName.Escape(parameter.Name)} : {constraints}" : ""));

    private static IEnumerable<string> Constraints(ITypeParameterSymbol parameter)
    {
        if (parameter.HasUnmanagedTypeConstraint)
        {
            yield return "unmanaged";
        }
        else if (parameter.HasValueTypeConstraint)
        {
            yield return "struct";
        }
        else if (parameter.HasReferenceTypeConstraint)
        {
            yield return parameter.ReferenceTypeConstraintNullableAnnotation == NullableAnnotation.Annotated ? "class?" : "class";
        }
        else if (parameter.HasNotNullConstraint)
        {
            yield return "notnull";
        }

        for (var i = 0; i < parameter.ConstraintTypes.Length; i++)
        {
            yield return TypeNames.Of(parameter.ConstraintTypes[i].WithNullableAnnotation(parameter.ConstraintNullableAnnotations[i]));
        }

        if (parameter.HasConstructorConstraint)
        {
            yield return "new()";
        }
    }
}
