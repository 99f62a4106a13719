namespace PromptGen.Generators.Declarations;

/// <summary>A class marked <c>[ModelCatalog]</c>.</summary>
/// <param name="Name">The class's name with namespace and outer classes, parted by dots.</param>
/// <param name="Models">Its models in the order in which they are written.</param>
internal sealed record CatalogDeclaration(string Name, EquatableArray<ModelDeclaration> Models);
