#pragma warning disable PG0405 // a fallback above the ceiling, so that it can be seen not to be asked
#pragma warning disable PG0406 // one provider

using PromptGen.EndToEnd.Tests.Calls;

namespace PromptGen.EndToEnd.Tests.Routing;

public enum Plan
{
    Free,
    Pro,
    Enterprise,
}

public enum Difficulty
{
    Easy,
    Hard,
}

public sealed record Customer(string Name, Plan Plan);

/// <summary>Prompts that enter their route by rule, by value and by what another prompt says.</summary>
public sealed partial class RoutedDesk
{
    [RoutedPrompt(Tier.Fast, EscalateTo = Tier.General, MaxOutputTokens = 100)]
    [PromptTemplate("{{ticket}}")]
    [RouteWhen(Tier.General, MinInputTokens = 50)]
    [RouteWhen(Tier.General, ContainsAny = ["lawyer", "data loss"])]
    [RouteWhen(Calls.Catalog.Haiku, ContainsCode = true)]
    [RouteWhen(Tier.Fast, Predicate = nameof(IsQuestion), EscalateTo = Tier.Fast)]
    public partial Task<PromptResult<Triage>> ByRuleAsync(string ticket, CancellationToken cancellationToken = default);

    [RoutedPrompt(Tier.Fast, EscalateTo = Tier.General, MaxOutputTokens = 100, Fallbacks = [Calls.Catalog.Sonnet])]
    [PromptTemplate("{{ticket}}")]
    [RouteBy(nameof(plan))]
    [RouteCase(Plan.Free, Tier.Fast, EscalateTo = Tier.Fast)]
    [RouteCase(Plan.Pro, Tier.Fast)]
    [RouteCase(Plan.Enterprise, Tier.General)]
    public partial Task<PromptResult<Triage>> ByPlanAsync(string ticket, Plan plan, CancellationToken cancellationToken = default);

    [RoutedPrompt(Tier.Fast, EscalateTo = Tier.General, MaxOutputTokens = 100)]
    [PromptTemplate("{{ticket}}")]
    [RouteWhen(Tier.General, ContainsAny = ["lawyer"])]
    [RouteBy(nameof(customer), nameof(Customer.Plan), Otherwise = Tier.Fast)]
    [RouteCase(Plan.Free, Tier.Fast, EscalateTo = Tier.Fast)]
    [RouteCase(Plan.Enterprise, Tier.General)]
    public partial Task<PromptResult<Triage>> ByMemberAsync(string ticket, Customer? customer, CancellationToken cancellationToken = default);

    [RoutedPrompt(Tier.General, MaxOutputTokens = 100)]
    [PromptTemplate("{{ticket}}")]
    [RouteBy(nameof(LevelOf), Otherwise = Tier.General)]
    [RouteCase(1, Tier.Fast)]
    public partial Task<PromptResult<Triage>> ByMethodAsync(string ticket, CancellationToken cancellationToken = default);

    /// <summary>A router that is a prompt.</summary>
    [RoutedPrompt(Calls.Catalog.Haiku, MaxOutputTokens = 20, Repairs = 0)]
    [PromptTemplate("How hard is this? {{ticket}}")]
    public partial Task<Difficulty> DifficultyAsync(string ticket, CancellationToken cancellationToken = default);

    [RoutedPrompt(Calls.Catalog.Mini, Calls.Catalog.Sonnet, MaxOutputTokens = 100)]
    [PromptTemplate("{{ticket}}")]
    [RouteWhen(Calls.Catalog.Sonnet, ContainsAny = ["lawyer"])]
    [RouteBy(nameof(DifficultyAsync))]
    [RouteCase(Difficulty.Easy, Calls.Catalog.Mini)]
    [RouteCase(Difficulty.Hard, Calls.Catalog.Sonnet)]
    public partial Task<PromptResult<Triage>> ByPromptAsync(string ticket, CancellationToken cancellationToken = default);

    [RoutedPrompt(Tier.Fast, EscalateTo = Tier.General, MaxOutputTokens = 100)]
    [PromptTemplate("{{ticket}}")]
    [RouteWhen(Tier.General, MinInputTokens = 50)]
    [RouteBy(nameof(plan), Otherwise = Tier.Fast)]
    [RouteCase(Plan.Free, Tier.Fast, EscalateTo = Tier.Fast)]
    public partial IAsyncEnumerable<string> StreamAsync(string ticket, Plan plan, CancellationToken cancellationToken = default);

    private static bool IsQuestion(string ticket) => ticket.EndsWith('?');

    private int LevelOf(string ticket) => ticket.Length == 0 ? throw new InvalidOperationException(ToString()) : ticket.Length < 20 ? 1 : 2;
}
