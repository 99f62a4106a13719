#pragma warning disable PG0406 // one provider

using PromptGen.EndToEnd.Tests.Calls;

namespace PromptGen.EndToEnd.Tests.Routing;

/// <summary>Prompts whose callers may name a model.</summary>
public sealed partial class OptionsDesk
{
    [RoutedPrompt(Tier.Fast, EscalateTo = Tier.General, MaxOutputTokens = 100)]
    [PromptTemplate("{{ticket}}")]
    [PromptTemplate("Haiku: {{ticket}}", For = Calls.Catalog.Haiku)]
    [RouteWhen(Tier.General, ContainsAny = ["lawyer"])]
    [RouteWhen(Tier.Fast, Predicate = nameof(IsQuestion), EscalateTo = Tier.Fast)]
    public partial Task<PromptResult<Triage>> AskAsync(string ticket, PromptOptions? options = null, CancellationToken cancellationToken = default);

    [RoutedPrompt(Tier.Fast, MaxOutputTokens = 100, Repairs = 0)]
    [PromptTemplate("{{ticket}}")]
    public partial Task<PromptResult<Triage>> FastAsync(PromptOptions options, string ticket);

    [SelfHostedOnly]
    [RoutedPrompt(Calls.Catalog.Llava, MaxOutputTokens = 100)]
    [PromptTemplate("{{ticket}}")]
    public partial Task<PromptResult<Triage>> LocalAsync(string ticket, PromptOptions? options = null);

    [RoutedPrompt(Calls.Catalog.Mini, Calls.Catalog.Sonnet, MaxOutputTokens = 20, Repairs = 0)]
    [PromptTemplate("How hard is this? {{ticket}}")]
    public partial Task<Difficulty> DifficultyAsync(string ticket, PromptOptions? options = null, CancellationToken cancellationToken = default);

    [RoutedPrompt(Calls.Catalog.Mini, Calls.Catalog.Sonnet, MaxOutputTokens = 100)]
    [PromptTemplate("{{ticket}}")]
    [RouteBy(nameof(DifficultyAsync))]
    [RouteCase(Difficulty.Easy, Calls.Catalog.Mini)]
    [RouteCase(Difficulty.Hard, Calls.Catalog.Sonnet)]
    public partial Task<PromptResult<Triage>> ByPromptAsync(string ticket, PromptOptions? options = null, CancellationToken cancellationToken = default);

    [RoutedPrompt(Tier.Fast, EscalateTo = Tier.General, MaxOutputTokens = 100)]
    [PromptTemplate("{{ticket}}")]
    public partial IAsyncEnumerable<string> StreamAsync(string ticket, PromptOptions? options = null, CancellationToken cancellationToken = default);

    [RoutedPrompt(Calls.Catalog.Mini, MaxOutputTokens = 100, Repairs = 0)]
    [PromptTemplate("{{ticket}}")]
    [AcceptIf(nameof(IsAllowed))]
    [Fallback(nameof(QueueFor))]
    public partial Task<PromptResult<Triage>> CheckedAsync(string ticket, PromptOptions? options = null);

    [RoutedPrompt(Calls.Catalog.Mini, MaxOutputTokens = 100, Repairs = 0)]
    [PromptTemplate("{{ticket}}")]
    [Fallback(nameof(Queue))]
    public partial Task<PromptResult<Triage>> QueuedAsync(string ticket, PromptOptions? options = null);

    private static bool IsQuestion(string ticket) => ticket.EndsWith('?');

    private static bool IsAllowed(Triage answer, PromptOptions? options) => options?.Tags is null || answer.Urgency > 3;

    private static Triage QueueFor(string ticket, PromptOptions? options) => new(Calls.Queue.Account, options?.Tags?.Count ?? 0, ticket.Length);

    private static Triage Queue(string ticket) => new(Calls.Queue.Account, 1, ticket.Length);
}
