using System;
using System.Collections.Generic;
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
            .Select(static group => group.First())
            .ToEquatableArray());
}
