using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace PromptGen.CodeFixes;

/// <summary>
/// The few facts about declarations that fixes look up in symbols. The fixes ship beside the generator but are loaded without it, so they
/// share names with it, not code.
/// </summary>
internal static class PromptSymbols
{
    public static bool IsPrompt(IMethodSymbol method) => Has(method, "RoutedPromptAttribute");

    /// <summary>The output type of a prompt: what its task gives, taken out of <c>PromptResult</c>; null where it has none.</summary>
    public static ITypeSymbol? Output(IMethodSymbol prompt)
    {
        var result = Argument(prompt.ReturnType);
        return result is { Name: "PromptResult" } ? Argument(result) ?? result : result;
    }

    /// <summary>Whether the answer streams as text or in snapshots, which no check could reject any more.</summary>
    public static bool IsHandedOverUnjudged(IMethodSymbol prompt) =>
        prompt.ReturnType.Name == "IAsyncEnumerable" && Argument(prompt.ReturnType) is { SpecialType: SpecialType.System_String } or { Name: "PromptSnapshot" };

    /// <summary>The constant of a catalog that holds a model id: of this assembly, or of one that it took over.</summary>
    public static IFieldSymbol? CatalogConstant(Compilation compilation, string modelId) =>
        Catalogs(compilation).SelectMany(static catalog => catalog.GetMembers().OfType<IFieldSymbol>())
            .FirstOrDefault(field => field is { HasConstantValue: true, ConstantValue: string id } && id == modelId && Has(field, "ModelAttribute"));

    /// <summary>How the constant of a model id is written at a position; null where no catalog has one.</summary>
    public static string? CatalogName(SemanticModel model, string modelId, int position) =>
        CatalogConstant(model.Compilation, modelId) is { } constant ? constant.ContainingType.ToMinimalDisplayString(model, position) + "." + constant.Name : null;

    private static ITypeSymbol? Argument(ITypeSymbol type) =>
        type is INamedTypeSymbol { TypeArguments.Length: 1 } generic ? generic.TypeArguments[0] : null;

    private static IEnumerable<INamedTypeSymbol> Catalogs(Compilation compilation) => Types(compilation.Assembly.GlobalNamespace)
        .Where(static type => Has(type, "ModelCatalogAttribute"))
        .Concat(compilation.Assembly.GetAttributes()
            .Where(static attribute => IsOurs(attribute, "UseCatalogAttribute") && attribute.ConstructorArguments.Length == 1)
            .Select(static attribute => attribute.ConstructorArguments[0].Value)
            .OfType<INamedTypeSymbol>());

    private static IEnumerable<INamedTypeSymbol> Types(INamespaceOrTypeSymbol container)
    {
        foreach (var member in container.GetMembers().OfType<INamespaceOrTypeSymbol>())
        {
            if (member is INamedTypeSymbol type)
            {
                yield return type;
            }

            foreach (var inner in Types(member))
            {
                yield return inner;
            }
        }
    }

    private static bool Has(ISymbol symbol, string attributeName) => symbol.GetAttributes().Any(attribute => IsOurs(attribute, attributeName));

    private static bool IsOurs(AttributeData attribute, string name) =>
        attribute.AttributeClass is { ContainingNamespace: { Name: "PromptGen", ContainingNamespace.IsGlobalNamespace: true } } type && type.Name == name;
}
