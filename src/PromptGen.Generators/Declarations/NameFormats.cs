using Microsoft.CodeAnalysis;

namespace PromptGen.Generators.Declarations;

/// <summary>How symbols are written.</summary>
internal static class NameFormats
{
    /// <summary><c>Acme.Outer.Type</c>.</summary>
    public static readonly SymbolDisplayFormat Dotted = new(
        globalNamespaceStyle: SymbolDisplayGlobalNamespaceStyle.Omitted,
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces);

    /// <summary><c>global::Acme.Type&lt;string?&gt;</c>: as generated code refers to a type.</summary>
    public static readonly SymbolDisplayFormat Code = SymbolDisplayFormat.FullyQualifiedFormat.AddMiscellaneousOptions(
        SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    /// <summary><c>Triage</c>, <c>List&lt;Triage&gt;</c>: as people read a type.</summary>
    public static readonly SymbolDisplayFormat Short = SymbolDisplayFormat.MinimallyQualifiedFormat.AddMiscellaneousOptions(
        SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    public static string ToCode(this ITypeSymbol type) => type.SpecialType switch
    {
        SpecialType.System_String => type.NullableAnnotation == NullableAnnotation.Annotated ? "string?" : "string",
        SpecialType.System_Int32 => "int",
        SpecialType.System_Boolean => "bool",
        SpecialType.System_Double => "double",
        _ => type.ToDisplayString(Code),
    };
}
