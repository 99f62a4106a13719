using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace PromptGen.Generators.Declarations;

/// <summary>Every model that the prompts of an assembly may use: its own catalogs, then those that it took over by <c>[assembly: UseCatalog]</c>.</summary>
internal sealed record Catalog(EquatableArray<CatalogDeclaration> Catalogs)
{
    public IEnumerable<ModelDeclaration> Models => Catalogs.SelectMany(static catalog => catalog.Models);

    public ModelDeclaration? Find(string id) => Models.FirstOrDefault(model => model.Id == id);

    public static Catalog From(IEnumerable<CatalogDeclaration> catalogs) => new(
        catalogs
            .GroupBy(static catalog => catalog.Name, StringComparer.Ordinal)
            .SelectMany(static group => group.GroupBy(static catalog => catalog.Models).Select(static (same, index) => Numbered(same.First(), index)))
            .ToEquatableArray());

    // Two file classes, or classes of two assemblies, may have one name.
    private static CatalogDeclaration Numbered(CatalogDeclaration catalog, int index)
    {
        if (index == 0)
        {
            return catalog;
        }

        var suffix = "_" + (index + 1).ToString(CultureInfo.InvariantCulture);
        return catalog with { Suffix = suffix, Models = catalog.Models.Select(model => model with { Suffix = suffix }).ToEquatableArray() };
    }
}
