namespace PromptGen.PromptEvals;

[ModelCatalog]
public static class Models
{
    [Model("openai", Tier.Fast, InputPrice = 0.20, OutputPrice = 1.20, ContextWindow = 272_000, MaxOutputTokens = 64_000)]
    public const string Luna = "gpt-5.6-luna";
}

public enum Queue
{
    Billing,
    Account,
    Other,
}

public sealed partial class Desk
{
    [RoutedPrompt(Models.Luna, MaxOutputTokens = 50, Repairs = 0)]
    [PromptTemplate("Which queue takes this ticket? {{ticket}}")]
    public partial Task<Queue> TriageAsync(string ticket, CancellationToken cancellationToken = default);
}
