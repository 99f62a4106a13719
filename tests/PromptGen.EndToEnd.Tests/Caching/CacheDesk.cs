using PromptGen.EndToEnd.Tests.Calls;

namespace PromptGen.EndToEnd.Tests.Caching;

public enum Plan
{
    Free,
    Pro,
}

public sealed record Customer(string Name, Plan Plan, DateTimeOffset Since, IReadOnlyDictionary<string, int> Counts, byte[]? Photo);

/// <summary>Prompts whose answers are kept.</summary>
public sealed partial class CacheDesk
{
    [RoutedPrompt(Tier.Fast, EscalateTo = Tier.General, MaxOutputTokens = 300)]
    [PromptTemplate("{{ticket}}")]
    [AcceptWhen(nameof(Triage.Confidence), AtLeast = 0.6)]
    [Cached(3_600)]
    [Deadline(60)]
    public partial Task<PromptResult<Triage>> TriageAsync(string ticket, PromptOptions? options = null, CancellationToken cancellationToken = default);

    [RoutedPrompt(Tier.Fast, MaxOutputTokens = 300)]
    [PromptTemplate("{{ticket}}")]
    [Cached(3_600, PerScope = true)]
    public partial Task<PromptResult<Triage>> TenantAsync(string ticket, CancellationToken cancellationToken = default);

    [RoutedPrompt(Tier.Fast, MaxOutputTokens = 300)]
    [PromptTemplate("{{json customer.counts}} {{first}} {{second}}")]
    [Cached(3_600)]
    public partial Task<PromptResult<Triage>> CustomerAsync(Customer customer, string first, string second, CancellationToken cancellationToken = default);

    [RoutedPrompt(Tier.Fast, MaxOutputTokens = 300)]
    [PromptTemplate("{{ticket}}")]
    [AcceptIf(nameof(IsUrgent))]
    [AcceptIf(nameof(FitsAsync))]
    [Cached(3_600)]
    public partial Task<PromptResult<Triage>> JudgedAsync(string ticket, CancellationToken cancellationToken = default);

    [RoutedPrompt(Calls.Catalog.Haiku, MaxOutputTokens = 300)]
    [PromptTemplate("Fits {{json answer}}?")]
    public partial Task<bool> FitsAsync(Triage answer, CancellationToken cancellationToken = default);

    [RoutedPrompt(Calls.Catalog.Mini, Calls.Catalog.Sonnet, MaxOutputTokens = 300)]
    [PromptTemplate("{{ticket}}")]
    [RouteBy(nameof(IsHardAsync))]
    [RouteCase(true, Calls.Catalog.Sonnet)]
    [RouteCase(false, Calls.Catalog.Mini)]
    [Cached(3_600)]
    public partial Task<PromptResult<Triage>> RoutedAsync(string ticket, CancellationToken cancellationToken = default);

    [RoutedPrompt(Calls.Catalog.Haiku, MaxOutputTokens = 300)]
    [PromptTemplate("Is this hard? {{ticket}}")]
    public partial Task<bool> IsHardAsync(string ticket, CancellationToken cancellationToken = default);

    [RoutedPrompt(Calls.Catalog.Sonnet, MaxOutputTokens = 300)]
    [PromptTemplate("{{ticket}}")]
    [Ensemble(Calls.Catalog.Mini, Calls.Catalog.Haiku, On = nameof(Triage.Queue), Quorum = 2)]
    [Cached(3_600)]
    public partial Task<PromptResult<Triage>> VotedAsync(string ticket, CancellationToken cancellationToken = default);

    [RoutedPrompt(Calls.Catalog.Mini, MaxOutputTokens = 300)]
    [PromptTemplate("{{ticket}}")]
    [Canary(Calls.Catalog.Haiku, 50, By = nameof(user))]
    [Cached(3_600)]
    public partial Task<PromptResult<Triage>> TriedAsync(string ticket, string user, CancellationToken cancellationToken = default);

    [RoutedPrompt(Calls.Catalog.Mini, MaxOutputTokens = 300, Repairs = 0)]
    [PromptTemplate("{{ticket}}")]
    [Cached(3_600)]
    [Fallback(nameof(Queued))]
    public partial Task<PromptResult<Triage>> QueuedAsync(string ticket, CancellationToken cancellationToken = default);

    /// <summary>How often a kept answer was checked.</summary>
    public int Checks { get; private set; }

    /// <summary>What the check says.</summary>
    public bool AreAllUrgent { get; set; } = true;

    private bool IsUrgent(Triage answer)
    {
        Checks++;
        return AreAllUrgent && answer.Urgency > 0;
    }

    private static Triage Queued(string ticket) => new(Queue.Technical, ticket.Length > 0 ? 1 : 2, 1);
}
