using PromptGen;

// The same name as that of the other library: neither clashes.
[assembly: PromptLibrary("AddPrompts")]

namespace Acme.Shipping;

[ModelCatalog]
internal static class Models
{
    [Model("openai", Tier.Fast)]
    public const string Mini = "mini-1";
}

public sealed partial class Shipper
{
    [RoutedPrompt(Tier.Fast)]
    [PromptTemplate("How many parcels are there in this text? {{text}}")]
    public partial Task<PromptResult<int>> CountAsync(string text, CancellationToken cancellationToken = default);
}
