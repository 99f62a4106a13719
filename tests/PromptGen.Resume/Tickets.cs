namespace PromptGen.Resume;

[ModelCatalog]
public static class Catalog
{
    [Model("openai", Tier.Fast, InputPrice = 1, OutputPrice = 2, ContextWindow = 128_000, MaxOutputTokens = 16_384, TimeoutSeconds = 3_600)]
    public const string Mini = "gpt-4o-mini-2024-07-18";
}

/// <summary>What the pipeline asks for each of its items.</summary>
public sealed partial class Tickets
{
    [RoutedPrompt(Catalog.Mini, MaxOutputTokens = 100, Repairs = 0)]
    [PromptTemplate("Summarise ticket number {{number}}")]
    public partial Task<string> SummariseAsync(int number, CancellationToken cancellationToken = default);
}
