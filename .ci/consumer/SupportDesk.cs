using System.ComponentModel.DataAnnotations;
using PromptGen;

namespace Acme;

[ModelCatalog]
public static class Models
{
    [Model("openai", Tier.Fast, InputPrice = 0.20, OutputPrice = 1.20, ContextWindow = 272_000, MaxOutputTokens = 64_000)]
    public const string Luna = "gpt-5.6-luna";

    [Model("anthropic", Tier.General, InputPrice = 3.00, OutputPrice = 15.00, ContextWindow = 200_000, MaxOutputTokens = 64_000)]
    public const string Sonnet = "claude-sonnet-5";
}

public enum Queue
{
    Billing,
    Account,
    Technical,
}

public sealed record Triage(Queue Queue, [property: Range(1, 5)] int Urgency);

public sealed partial class SupportDesk
{
    // The file is found without being listed in the project: the package adds **/*.prompt.
    [RoutedPrompt(Tier.Fast, EscalateTo = Tier.General, MaxOutputTokens = 100)]
    [PromptTemplate(File = "Prompts/triage.prompt")]
    [Budget(0.05), Deadline(30)]
    public partial Task<PromptResult<Triage>> TriageAsync(string product, string ticket, CancellationToken cancellationToken = default);

    [RoutedPrompt(Tier.Fast, EscalateTo = Tier.General, MaxOutputTokens = 100)]
    [PromptTemplate("One triage for each problem in this ticket: {{ticket}}")]
    public partial IAsyncEnumerable<Triage> SplitAsync(string ticket, CancellationToken cancellationToken = default);
}
