using PromptGen;

[assembly: PromptLibrary("AddPrompts")]

namespace Acme.Billing;

[ModelCatalog]
internal static class Models
{
    [Model("openai", Tier.Fast)]
    public const string Mini = "mini-1";
}

public interface IBiller
{
    Task<int> CountAsync(string text, CancellationToken cancellationToken = default);
}

internal sealed partial class Biller : IBiller
{
    [RoutedPrompt(Tier.Fast)]
    [PromptTemplate("How many invoices are there in this text? {{text}}")]
    public partial Task<int> CountAsync(string text, CancellationToken cancellationToken = default);
}
