using System;
using System.Collections.Generic;
using System.Threading;
using Microsoft.CodeAnalysis;
using PromptGen.Generators.Declarations.Symbols;
using PromptGen.Generators.Model;
using PromptGen.Generators.Text;

namespace PromptGen.Generators.Declarations;

/// <summary>Reads the classes marked <c>[ModelCatalog]</c>.</summary>
internal static class CatalogReader
{
    public const string AttributeName = "PromptGen.ModelCatalogAttribute";
    public const string UseAttributeName = "PromptGen.UseCatalogAttribute";

    /// <summary>The catalogs that <c>[assembly: UseCatalog(typeof(...))]</c> takes over.</summary>
    public static EquatableArray<CatalogDeclaration> ReadUsed(IAssemblySymbol assembly, CancellationToken cancellationToken)
    {
        var catalogs = new List<CatalogDeclaration>();
        foreach (var attribute in assembly.GetAttributes())
        {
            if (attribute.IsPromptGen("UseCatalog")
                && attribute.ConstructorArguments.Length == 1
                && attribute.ConstructorArguments[0] is { Kind: TypedConstantKind.Type, Value: INamedTypeSymbol type })
            {
                catalogs.Add(Read(type, cancellationToken, SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, assembly)));
            }
        }

        return catalogs.ToEquatableArray();
    }

    public static CatalogDeclaration Read(INamedTypeSymbol type, CancellationToken cancellationToken, bool isOwn = true)
    {
        var name = type.ToDisplayString(NameFormats.Dotted);
        var models = new List<ModelDeclaration>();
        var fields = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in type.GetMembers())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (member is IFieldSymbol { HasConstantValue: true, ConstantValue: string id } field)
            {
                foreach (var attribute in field.GetAttributes())
                {
                    // The compiler reports a field that is declared twice or has two attributes.
                    if (attribute.IsPromptGen("Model") && ModelReader.Read(attribute, id, name, field.Name) is { } model && fields.Add(field.Name))
                    {
                        models.Add(model);
                    }
                }
            }
        }

        return new CatalogDeclaration(name, models.ToEquatableArray(), isOwn);
    }
}
