namespace PromptGen;

/// <summary>Lets the prompts of this assembly use a catalog from a referenced assembly.</summary>
/// <param name="catalog">The class that carries <see cref="ModelCatalogAttribute"/>.</param>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
public sealed class UseCatalogAttribute(Type catalog) : Attribute
{
    /// <summary>The class that carries <see cref="ModelCatalogAttribute"/>.</summary>
    public Type Catalog { get; } = catalog;
}
