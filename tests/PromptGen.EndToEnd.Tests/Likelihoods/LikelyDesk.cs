// Routes of one model.
#pragma warning disable PG0406 // one provider

using PromptGen.EndToEnd.Tests.Calls;

namespace PromptGen.EndToEnd.Tests.Likelihoods;

/// <summary>Prompts whose answers are accepted where their models are sure of them.</summary>
public sealed partial class LikelyDesk
{
    /// <summary>A strong model without probabilities answers what a cheap one is not sure of.</summary>
    [RoutedPrompt(Calls.Catalog.Mini, Calls.Catalog.Sonnet, MaxOutputTokens = 1_000)]
    [PromptTemplate("{{ticket}}")]
    [AcceptLikely(0.9, Member = nameof(Triage.Queue), WhenUnknown = WhenUnknown.Accept)]
    public partial Task<PromptResult<Triage>> SureAsync(string ticket, CancellationToken cancellationToken = default);

    [RoutedPrompt(Calls.Catalog.Mini, MaxOutputTokens = 1_000)]
    [PromptTemplate("{{ticket}}")]
    [AcceptLikely(0.9, Member = nameof(Triage.Queue))]
    public partial Task<PromptResult<Triage>> KnownAsync(string ticket, CancellationToken cancellationToken = default);

    [RoutedPrompt(Calls.Catalog.Mini, MaxOutputTokens = 1_000)]
    [PromptTemplate("{{ticket}}")]
    [AcceptLikely(0.9, Member = nameof(Triage.Queue), WhenUnknown = WhenUnknown.Throw)]
    public partial Task<PromptResult<Triage>> StrictAsync(string ticket, CancellationToken cancellationToken = default);

    /// <summary>A judge, which is asked only about answers that are likely.</summary>
    [RoutedPrompt(Calls.Catalog.Mini, Calls.Catalog.Sonnet, MaxOutputTokens = 1_000)]
    [PromptTemplate("{{ticket}}")]
    [AcceptLikely(0.9, WhenUnknown = WhenUnknown.Accept)]
    [AcceptIf(nameof(FitsAsync), Repair = true)]
    public partial Task<PromptResult<Triage>> JudgedAsync(string ticket, CancellationToken cancellationToken = default);

    [RoutedPrompt(Calls.Catalog.Haiku, MaxOutputTokens = 50, Repairs = 0)]
    [PromptTemplate("Does {{json answer}} fit this ticket? {{ticket}}")]
    public partial Task<bool> FitsAsync(Triage answer, string ticket, CancellationToken cancellationToken = default);

    /// <summary>The winner of a vote is the answer of the first member that gave it, with that answer's probability.</summary>
    [RoutedPrompt(Calls.Catalog.Sonnet, MaxOutputTokens = 1_000)]
    [Ensemble(Calls.Catalog.Mini, Calls.Catalog.Haiku, On = nameof(Triage.Queue))]
    [PromptTemplate("{{ticket}}")]
    [AcceptLikely(0.9, Member = nameof(Triage.Queue), WhenUnknown = WhenUnknown.Accept)]
    public partial Task<PromptResult<Triage>> AgreedAsync(string ticket, CancellationToken cancellationToken = default);
}
