using PromptGen.Generators.Text;

namespace PromptGen.Generators.Model;

/// <summary>A class marked <c>[ModelCatalog]</c>.</summary>
/// <param name="Name">The class's name with namespace and outer classes, parted by dots.</param>
/// <param name="Models">Its models in the order in which they are written.</param>
/// <param name="IsOwn">Whether it belongs to the assembly that is compiled, so that a finding can be shown on its own field.</param>
internal sealed record CatalogDeclaration(string Name, EquatableArray<ModelDeclaration> Models, bool IsOwn = true)
{
    /// <summary>What sets its generated class apart from that of another catalog of the same name; usually empty.</summary>
    public string Suffix { get; init; } = "";
}
