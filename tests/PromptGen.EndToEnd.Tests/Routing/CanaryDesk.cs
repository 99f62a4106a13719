#pragma warning disable PG0406 // one provider

using Microsoft.Extensions.AI;
using PromptGen.EndToEnd.Tests.Calls;

namespace PromptGen.EndToEnd.Tests.Routing;

/// <summary>Prompts that try a candidate.</summary>
public sealed partial class CanaryDesk
{
    [RoutedPrompt(Calls.Catalog.Mini, Calls.Catalog.Sonnet, MaxOutputTokens = 100)]
    [PromptTemplate("{{ticket}}")]
    [Canary(Calls.Catalog.Haiku, 100)]
    public partial Task<PromptResult<Triage>> AlwaysAsync(string ticket, CancellationToken cancellationToken = default);

    [RoutedPrompt(Calls.Catalog.Mini, Calls.Catalog.Sonnet, MaxOutputTokens = 100)]
    [PromptTemplate("{{ticket}}")]
    [Canary(Calls.Catalog.Haiku, 50, By = nameof(customerId))]
    public partial Task<PromptResult<Triage>> HalfAsync(string ticket, string customerId, CancellationToken cancellationToken = default);

    /// <summary>In a route of tiers a further model of the first tier may be the candidate.</summary>
    [RoutedPrompt(Tier.Fast, MaxOutputTokens = 100)]
    [PromptTemplate("{{ticket}}")]
    [Canary(Calls.Catalog.Haiku, 100, By = nameof(customerId))]
    public partial Task<PromptResult<Triage>> OfTierAsync(string ticket, Guid? customerId, CancellationToken cancellationToken = default);

    [RoutedPrompt(Calls.Catalog.Mini, MaxOutputTokens = 100)]
    [PromptTemplate("{{ticket}}")]
    [Canary(Calls.Catalog.Sonnet, 100)]
    [RouteBy(nameof(plan))]
    [RouteCase(Plan.Free, Calls.Catalog.Mini, EscalateTo = Tier.Fast)]
    [RouteCase(Plan.Pro, Calls.Catalog.Mini)]
    [RouteCase(Plan.Enterprise, Calls.Catalog.Haiku)]
    public partial Task<PromptResult<Triage>> ByPlanAsync(string ticket, Plan plan, CancellationToken cancellationToken = default);

    [RoutedPrompt(Calls.Catalog.Mini, MaxOutputTokens = 100)]
    [PromptTemplate("{{ticket}}")]
    [Canary(Calls.Catalog.Haiku, 100, By = nameof(customerId))]
    public partial IAsyncEnumerable<string> StreamAsync(string ticket, long customerId, CancellationToken cancellationToken = default);

    [RoutedPrompt(Calls.Catalog.Mini, MaxOutputTokens = 100)]
    [Canary(Calls.Catalog.Haiku, 100)]
    public partial IChatClient Chat();
}
