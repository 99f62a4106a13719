#pragma warning disable PG0406 // one provider

using Microsoft.Extensions.AI;
using PromptGen.EndToEnd.Tests.Calls;

namespace PromptGen.EndToEnd.Tests.Routing;

/// <summary>All clauses of entry at once, on a prompt of each kind.</summary>
public sealed partial class CombinedDesk
{
    [RoutedPrompt(Tier.Fast, EscalateTo = Tier.General, MaxOutputTokens = 100, Order = StepOrder.Cheapest)]
    [PromptTemplate("{{ticket}}")]
    [RouteWhen(Tier.General, ContainsAny = ["lawyer"])]
    [RouteWhen(Tier.General, Predicate = nameof(IsShouted))]
    [RouteBy(nameof(plan), Otherwise = Tier.Fast)]
    [RouteCase(Plan.Free, Tier.Fast, EscalateTo = Tier.Fast)]
    [RouteCase(Plan.Enterprise, Tier.General)]
    [Canary(Calls.Catalog.Haiku, 100, By = nameof(customerId))]
    public partial Task<PromptResult<Triage>> ResultAsync(string ticket, Plan plan, int customerId, PromptOptions? options = null, CancellationToken cancellationToken = default);

    [RoutedPrompt(Tier.Fast, EscalateTo = Tier.General, MaxOutputTokens = 100, Order = StepOrder.Cheapest)]
    [PromptTemplate("{{ticket}}")]
    [RouteWhen(Tier.General, ContainsAny = ["lawyer"])]
    [RouteWhen(Tier.General, Predicate = nameof(IsShouted))]
    [RouteBy(nameof(plan), Otherwise = Tier.Fast)]
    [RouteCase(Plan.Free, Tier.Fast, EscalateTo = Tier.Fast)]
    [RouteCase(Plan.Enterprise, Tier.General)]
    [Canary(Calls.Catalog.Haiku, 100, By = nameof(customerId))]
    public partial IAsyncEnumerable<string> TextAsync(string ticket, Plan plan, int customerId, PromptOptions? options = null, CancellationToken cancellationToken = default);

    [RoutedPrompt(Tier.Fast, EscalateTo = Tier.General, MaxOutputTokens = 100, Order = StepOrder.Cheapest)]
    [PromptTemplate("{{ticket}}")]
    [RouteWhen(Tier.General, ContainsAny = ["lawyer"])]
    [RouteWhen(Tier.General, Predicate = nameof(IsShouted))]
    [RouteBy(nameof(plan), Otherwise = Tier.Fast)]
    [RouteCase(Plan.Free, Tier.Fast, EscalateTo = Tier.Fast)]
    [RouteCase(Plan.Enterprise, Tier.General)]
    [Canary(Calls.Catalog.Haiku, 100, By = nameof(customerId))]
    public partial IAsyncEnumerable<PromptSnapshot<Triage>> SnapshotsAsync(string ticket, Plan plan, int customerId, PromptOptions? options = null, CancellationToken cancellationToken = default);

    [RoutedPrompt(Tier.Fast, EscalateTo = Tier.General, MaxOutputTokens = 100, Order = StepOrder.Cheapest)]
    [PromptTemplate("{{ticket}}")]
    [RouteWhen(Tier.General, ContainsAny = ["lawyer"])]
    [RouteWhen(Tier.General, Predicate = nameof(IsShouted))]
    [RouteBy(nameof(plan), Otherwise = Tier.Fast)]
    [RouteCase(Plan.Free, Tier.Fast, EscalateTo = Tier.Fast)]
    [RouteCase(Plan.Enterprise, Tier.General)]
    [Canary(Calls.Catalog.Haiku, 100, By = nameof(customerId))]
    public partial IAsyncEnumerable<int> ElementsAsync(string ticket, Plan plan, int customerId, PromptOptions? options = null, CancellationToken cancellationToken = default);

    [RoutedPrompt(Tier.Fast, EscalateTo = Tier.General, MaxOutputTokens = 100, Order = StepOrder.Cheapest)]
    [RouteWhen(Tier.General, ContainsAny = ["lawyer"])]
    [RouteWhen(Tier.General, Predicate = nameof(IsShouted))]
    [RouteWhen(Tier.Fast, ContainsCode = true, EscalateTo = Tier.Fast)]
    [Canary(Calls.Catalog.Haiku, 100)]
    public partial IChatClient Chat();

    [RoutedPrompt(Calls.Catalog.Haiku, MaxOutputTokens = 20, Repairs = 0)]
    [PromptTemplate("How hard is this? {{ticket}}")]
    public partial Task<Difficulty> DifficultyAsync(string ticket, CancellationToken cancellationToken = default);

    [RoutedPrompt(Calls.Catalog.Mini, Calls.Catalog.Sonnet, MaxOutputTokens = 100)]
    [PromptTemplate("{{ticket}}")]
    [RouteBy(nameof(DifficultyAsync))]
    [RouteCase(Difficulty.Easy, Calls.Catalog.Mini)]
    [RouteCase(Difficulty.Hard, Calls.Catalog.Sonnet)]
    [Canary(Calls.Catalog.Haiku, 100)]
    public partial Task<PromptResult<Triage>> ByPromptAsync(string ticket, PromptOptions? options = null, CancellationToken cancellationToken = default);

    private static bool IsShouted(string ticket) => ticket.EndsWith('!');
}
