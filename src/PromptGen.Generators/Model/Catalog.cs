using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using PromptGen.Generators.Findings;
using PromptGen.Generators.Text;

namespace PromptGen.Generators.Model;

/// <summary>Every model that the prompts of an assembly may use: its own catalogs, then those that it took over by <c>[assembly: UseCatalog]</c>.</summary>
internal sealed record Catalog(EquatableArray<CatalogDeclaration> Catalogs)
{
    private ModelDeclaration[]? _models;
    private Dictionary<string, ModelDeclaration>? _byId;
    private NameIndex? _ids;
    private ProviderNames? _providers;
    private HashSet<string>? _own;

    public IReadOnlyList<ModelDeclaration> Models => _models ??= [.. Catalogs.SelectMany(static catalog => catalog.Models)];

    public ModelDeclaration? Find(string id) => (_byId ??= ById(Models)).TryGetValue(id, out var model) ? model : null;

    /// <summary>The id that was probably meant: one misspelt, or the dated id of which the alias was written; null = none is near.</summary>
    public string? Meant(string written)
    {
        _ids ??= new NameIndex(Models.Select(static known => known.Id));
        return _ids.Closest(written) ?? (written.Length > 2 ? _ids.FirstStartingWith(written) : null);
    }

    /// <summary>The provider that was probably meant by a name one letter off; null = the name may be what it should be.</summary>
    public string? MeantProvider(string written) => (_providers ??= new ProviderNames(Models)).Meant(written);

    /// <summary>Whether a model is described in the assembly that is compiled.</summary>
    public bool IsOwn(ModelDeclaration model) =>
        (_own ??= new HashSet<string>(Catalogs.Where(static catalog => catalog.IsOwn).Select(static catalog => catalog.Name), StringComparer.Ordinal)).Contains(model.Catalog);

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

    public bool Equals(Catalog? other) => other is not null && Catalogs.Equals(other.Catalogs);

    public override int GetHashCode() => Catalogs.GetHashCode();

    private static Dictionary<string, ModelDeclaration> ById(IEnumerable<ModelDeclaration> models)
    {
        var byId = new Dictionary<string, ModelDeclaration>(StringComparer.Ordinal);
        foreach (var model in models)
        {
            if (!byId.ContainsKey(model.Id))
            {
                byId.Add(model.Id, model);
            }
        }

        return byId;
    }
}
