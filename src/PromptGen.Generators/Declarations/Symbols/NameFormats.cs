using Microsoft.CodeAnalysis;

namespace PromptGen.Generators.Declarations.Symbols;

/// <summary>How symbols are written.</summary>
internal static class NameFormats
{
    /// <summary><c>Acme.Outer.Type</c>, keywords with <c>@</c>.</summary>
    public static readonly SymbolDisplayFormat Dotted = new(
        globalNamespaceStyle: SymbolDisplayGlobalNamespaceStyle.Omitted,
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers);

    /// <summary><c>Triage</c>, <c>List&lt;Triage&gt;</c>: as people read a type.</summary>
    public static readonly SymbolDisplayFormat Short = SymbolDisplayFormat.MinimallyQualifiedFormat.AddMiscellaneousOptions(
        SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);
}
