namespace Acme;

[ModelCatalog]
public static class Models
{
    [Model("openai", Tier.Fast, InputPrice = 0.15, OutputPrice = 0.60, ContextWindow = 128_000, MaxOutputTokens = 16_384)]
    public const string Mini = "mini-1";

    [Model("anthropic", Tier.General, InputPrice = 3.00, OutputPrice = 15.00, ContextWindow = 200_000, MaxOutputTokens = 8_192)]
    public const string Sonnet = "sonnet-1";
}

public sealed record Triage(string Queue, [property: Range(1, 5), Description("5 = most urgent")] int Urgency);

/// <summary>Every attribute that a prompt can carry, by its short name.</summary>
[RepairTemplate("Correct this: {{#each violations}}{{message}} {{/each}}")]
public sealed partial class SupportDesk
{
    [RoutedPrompt(Tier.Fast, EscalateTo = Tier.General, MaxOutputTokens = 100)]
    [PromptTemplate("Triage this ticket: {{ticket}}")]
    [AcceptWhen(nameof(Triage.Urgency), AtLeast = 2)]
    [AcceptIf(nameof(IsKnown))]
    [Fallback(nameof(ByHand))]
    [Budget(0.05), Deadline(30)]
    public partial Task<PromptResult<Triage>> TriageAsync([Untrusted] string ticket, CancellationToken cancellationToken = default);

    [RoutedPrompt(Tier.Fast)]
    public partial IChatClient Chat();

    private static bool IsKnown(Triage triage) => triage.Queue.Length > 0;

    private static Task<Triage> ByHand(string ticket, CancellationToken cancellationToken) => Task.FromResult(new Triage(ticket, 3));
}
