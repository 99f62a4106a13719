using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace PromptGen.Generators.Declarations.Symbols;

/// <summary>
/// The fully qualified name of an everyday type, <c>global::System.Collections.Generic.List&lt;string?&gt;</c>. The compiler's own way to it makes a list
/// of parts of every name, and a prompt has a dozen of them.
/// </summary>
internal static class QualifiedName
{
    /// <summary>The name as <see cref="TypeNames.Of(ITypeSymbol)"/> gives it; null where only the compiler knows how to write it.</summary>
    public static string? Of(ITypeSymbol type)
    {
        var name = new StringBuilder(96);
        return TryAppend(name, type) ? name.ToString() : null;
    }

    /// <summary>The name of a namespace, for example <c>Acme.Support</c>; null where only the compiler knows how to write it.</summary>
    public static string? Of(INamespaceSymbol space)
    {
        var name = new StringBuilder(32);
        return TryAppend(name, space) ? name.ToString(0, name.Length - 1) : null;
    }

    private static bool TryAppend(StringBuilder name, ITypeSymbol type)
    {
        if (type.SpecialType is SpecialType.System_String or SpecialType.System_Int32 or SpecialType.System_Boolean or SpecialType.System_Double)
        {
            name.Append(TypeNames.Of(type));
            return true;
        }

        if (type is not INamedTypeSymbol
            {
                SpecialType: SpecialType.None,
                TypeKind: TypeKind.Class or TypeKind.Struct or TypeKind.Enum or TypeKind.Interface,
                IsTupleType: false,
                IsUnboundGenericType: false,
                IsAnonymousType: false,
                IsFileLocal: false,
                IsNativeIntegerType: false,
                OriginalDefinition.SpecialType: not SpecialType.System_Nullable_T,
                ContainingType: null,
            } named)
        {
            return false;
        }

        name.Append("global::");
        if (!TryAppend(name, named.ContainingNamespace) || !TryAppend(name, named.Name))
        {
            return false;
        }

        var arguments = named.TypeArguments;
        for (var i = 0; i < arguments.Length; i++)
        {
            name.Append(i == 0 ? "<" : ", ");
            if (!TryAppend(name, arguments[i]))
            {
                return false;
            }
        }

        name.Append(arguments.Length == 0 ? "" : ">");
        name.Append(type.NullableAnnotation == NullableAnnotation.Annotated && !type.IsValueType ? "?" : "");
        return true;
    }

    private static bool TryAppend(StringBuilder name, INamespaceSymbol space)
    {
        if (space.IsGlobalNamespace)
        {
            return true;
        }

        if (!TryAppend(name, space.ContainingNamespace) || !TryAppend(name, space.Name))
        {
            return false;
        }

        name.Append('.');
        return true;
    }

    // Which words are escaped is the compiler's business.
    private static bool TryAppend(StringBuilder name, string identifier)
    {
        name.Append(identifier);
        return SyntaxFacts.GetKeywordKind(identifier) == SyntaxKind.None && SyntaxFacts.GetContextualKeywordKind(identifier) == SyntaxKind.None;
    }
}
