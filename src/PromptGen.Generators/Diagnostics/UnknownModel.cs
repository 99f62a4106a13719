using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PromptGen.Generators.Declarations.Symbols;
using PromptGen.Generators.Findings;
using PromptGen.Generators.Text;

namespace PromptGen.Generators.Diagnostics;

/// <summary>What to do about a model that no catalog has: a constant that names it says more than its id.</summary>
internal static class UnknownModel
{
    /// <summary>PG0401 with what to do.</summary>
    public static Finding WithRemedy(Finding finding, IMethodSymbol method, CancellationToken cancellationToken)
    {
        var remedy = FieldOf(finding.Place, method, cancellationToken) is { } field ? Remedy(field, method.ContainingAssembly)
            : finding.Fix is null ? ": add it to a class marked [ModelCatalog], or correct the id"
            : null;
        return remedy is null ? finding : finding with { Arguments = new EquatableArray<string>([finding.Arguments[0], remedy]) };
    }

    private static string Remedy(IFieldSymbol field, IAssemblySymbol assembly)
    {
        var catalog = field.ContainingType;
        return !field.HasPromptGenAttribute("Model") ? $": '{catalog.Name}.{field.Name}' has no [Model], so add one"
            : SymbolEqualityComparer.Default.Equals(catalog.ContainingAssembly, assembly) ? $": mark '{catalog.Name}' [ModelCatalog]"
            : $": add [assembly: UseCatalog(typeof({catalog.ToDisplayString()}))]";
    }

    /// <summary>The constant that names the model; null where a text does.</summary>
    private static IFieldSymbol? FieldOf(Place place, IMethodSymbol method, CancellationToken cancellationToken) =>
        place is Place.Attribute { Argument: { } argument } at
        && method.GetAttributes().Where(attribute => attribute.IsPromptGen(at.Name)).ElementAtOrDefault(at.Index)?.ApplicationSyntaxReference?.GetSyntax(cancellationToken) is AttributeSyntax syntax
        && new AttributeArguments(syntax).Find(argument) is { } expression
            ? ((ISourceAssemblySymbol)method.ContainingAssembly).Compilation.GetSemanticModel(syntax.SyntaxTree).GetSymbolInfo(expression, cancellationToken).Symbol as IFieldSymbol
            : null;
}
