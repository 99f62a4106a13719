using PromptGen.EndToEnd.Tests.Calls;

namespace PromptGen.EndToEnd.Tests.Routing;

/// <summary>Prompts that order the models of their step.</summary>
public sealed partial class OrderedDesk
{
    [RoutedPrompt(Tier.Fast, Order = StepOrder.Cheapest, MaxOutputTokens = 100)]
    [PromptTemplate("{{ticket}}")]
    public partial Task<PromptResult<Triage>> CheapestAsync(string ticket, CancellationToken cancellationToken = default);

    [RoutedPrompt(Tier.Fast, Order = StepOrder.Fastest, MaxOutputTokens = 100)]
    [PromptTemplate("{{ticket}}")]
    public partial Task<PromptResult<Triage>> FastestAsync(string ticket, CancellationToken cancellationToken = default);

    [RoutedPrompt(Tier.Fast, Order = StepOrder.Balanced, MaxOutputTokens = 100)]
    [PromptTemplate("{{ticket}}")]
    public partial Task<PromptResult<Triage>> BalancedAsync(string ticket, CancellationToken cancellationToken = default);

    [RoutedPrompt(Tier.Fast, Order = StepOrder.Balanced, MaxOutputTokens = 100)]
    [PromptTemplate("{{ticket}}")]
    public partial IAsyncEnumerable<string> StreamAsync(string ticket, CancellationToken cancellationToken = default);
}
