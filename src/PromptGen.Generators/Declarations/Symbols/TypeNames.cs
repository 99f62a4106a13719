using System.Text;
using Microsoft.CodeAnalysis;

namespace PromptGen.Generators.Declarations.Symbols;

/// <summary>Types and names as source text.</summary>
internal static class TypeNames
{
    private static readonly SymbolDisplayFormat s_format = SymbolDisplayFormat.FullyQualifiedFormat.WithMiscellaneousOptions(
        SymbolDisplayMiscellaneousOptions.UseSpecialTypes
        | SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers
        | SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    /// <summary>The fully qualified name with nullable annotations.</summary>
    public static string Of(ITypeSymbol type) => type.SpecialType switch
    {
        SpecialType.System_String => type.NullableAnnotation == NullableAnnotation.Annotated ? "string?" : "string",
        SpecialType.System_Int32 => "int",
        SpecialType.System_Boolean => "bool",
        SpecialType.System_Double => "double",
        _ => QualifiedName.Of(type) ?? type.ToDisplayString(s_format),
    };

    /// <summary>The name as a person writes it, without namespaces.</summary>
    public static string Short(ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);

    /// <summary>The name of a namespace, keywords with <c>@</c>.</summary>
    public static string Of(INamespaceSymbol space) => QualifiedName.Of(space) ?? space.ToDisplayString(NameFormats.Dotted);

    /// <summary>The metadata name, for example <c>Acme.Outer+Page`1</c>.</summary>
    public static string Metadata(INamedTypeSymbol type)
    {
        var name = new StringBuilder(type.MetadataName);
        var outermost = type;
        for (; outermost.ContainingType is { } outer; outermost = outer)
        {
            name.Insert(0, outer.MetadataName + "+");
        }

        return outermost.ContainingNamespace is { IsGlobalNamespace: false } space ? space.ToDisplayString() + "." + name : name.ToString();
    }
}
