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
                    if (attribute.IsPromptGen("Model") && ReadModel(attribute, id, name, field.Name) is { } model && fields.Add(field.Name))
                    {
                        models.Add(model);
                    }
                }
            }
        }

        return new CatalogDeclaration(name, models.ToEquatableArray(), isOwn);
    }

    private static ModelDeclaration? ReadModel(AttributeData attribute, string id, string catalog, string field)
    {
        if (attribute.Text(0) is not { } provider || attribute.Enum(1) is not { } tier || tier is < 0 or > (int)Tier.SelfHosted)
        {
            return null;
        }

        return new ModelDeclaration(
            id,
            catalog,
            field,
            provider,
            (Tier)tier,
            Price(attribute, "InputPrice"),
            Price(attribute, "OutputPrice"),
            Price(attribute, "CachedInputPrice"),
            attribute.Int("ContextWindow", 0),
            attribute.Int("MaxOutputTokens", 0),
            (ModelFeatures)attribute.Int("Features", (int)(ModelFeatures.StructuredOutput | ModelFeatures.Tools)),
            attribute.Bool("SelfHosted", tier == (int)Tier.SelfHosted),
            attribute.Number("TimeoutSeconds", 0),
            attribute.Text("Retires"),
            attribute.Text("ReplacedBy"),
            attribute.Int("Dialect", -1) is >= 0 and < ModelDefaults.DialectCount and var dialect ? (SchemaDialect)dialect : ModelDefaults.DialectOf(provider))
        {
            TokenFactor = attribute.Number("TokenFactor", 1) is > 0 and <= ModelDefaults.MaxTokenFactor and var factor ? factor : 1,
        };
    }

    // A negative, infinite or absurd price is as good as none: what is not known must not be counted as money.
    private static double Price(AttributeData attribute, string name)
    {
        var price = attribute.Number(name, double.NaN);
        return price is >= 0 and < 1e9 ? price : double.NaN;
    }
}
