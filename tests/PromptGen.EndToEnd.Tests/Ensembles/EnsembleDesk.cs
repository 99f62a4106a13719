// Ensembles of one provider, and limits that are there to be reached.
#pragma warning disable PG0406 // one provider
#pragma warning disable PG0502 // the budget is smaller than the worst case

using PromptGen.EndToEnd.Tests.Calls;

namespace PromptGen.EndToEnd.Tests.Ensembles;

/// <summary>Prompts whose answers are voted on.</summary>
public sealed partial class EnsembleDesk
{
    /// <summary>Two cheap models of different families agree, or a strong one answers.</summary>
    [RoutedPrompt(Tier.General, MaxOutputTokens = 1_000)]
    [Ensemble(Calls.Catalog.Mini, Calls.Catalog.Haiku, On = nameof(Triage.Queue))]
    [PromptTemplate("{{ticket}}")]
    public partial Task<PromptResult<Triage>> AgreeAsync(string ticket, CancellationToken cancellationToken = default);

    /// <summary>It is known how often answers were right by their agreement.</summary>
    [RoutedPrompt(MaxOutputTokens = 1_000)]
    [Ensemble(Calls.Catalog.Mini, Calls.Catalog.Haiku, Calls.Catalog.Sonnet, On = nameof(Triage.Queue), Calibration = "Ensembles/queue.calibration")]
    [PromptTemplate("{{ticket}}")]
    public partial Task<PromptResult<Triage>> CalibratedAsync(string ticket, CancellationToken cancellationToken = default);

    /// <summary>Nothing follows the vote.</summary>
    [RoutedPrompt(MaxOutputTokens = 1_000)]
    [Ensemble(Calls.Catalog.Mini, Calls.Catalog.Haiku, Calls.Catalog.Sonnet, On = nameof(Triage.Queue))]
    [PromptTemplate("{{ticket}}")]
    public partial Task<PromptResult<Triage>> MajorityAsync(string ticket, CancellationToken cancellationToken = default);

    [RoutedPrompt(MaxOutputTokens = 1_000)]
    [Ensemble(Calls.Catalog.Mini, Calls.Catalog.Haiku, Calls.Catalog.Sonnet, On = nameof(Triage.Queue), Eager = true)]
    [PromptTemplate("{{ticket}}")]
    public partial Task<PromptResult<Triage>> AtOnceAsync(string ticket, CancellationToken cancellationToken = default);

    /// <summary>The whole value is voted on.</summary>
    [RoutedPrompt(MaxOutputTokens = 1_000)]
    [Ensemble(Calls.Catalog.Mini, Calls.Catalog.Haiku, Calls.Catalog.Sonnet)]
    [PromptTemplate("{{ticket}}")]
    public partial Task<Triage> WholeAsync(string ticket, CancellationToken cancellationToken = default);

    /// <summary>Sonnet alone weighs more than the two others.</summary>
    [RoutedPrompt(MaxOutputTokens = 1_000)]
    [Ensemble(Calls.Catalog.Mini, Calls.Catalog.Haiku, Calls.Catalog.Sonnet, On = nameof(Triage.Queue), Weights = [0.6, 0.6, 0.9])]
    [PromptTemplate("{{ticket}}")]
    public partial Task<PromptResult<Triage>> WeightedAsync(string ticket, CancellationToken cancellationToken = default);

    [RoutedPrompt(MaxOutputTokens = 1_000)]
    [Ensemble(Calls.Catalog.Mini, Calls.Catalog.Haiku, Calls.Catalog.Sonnet, On = nameof(Triage.Queue), ConfidenceMember = nameof(Triage.Confidence))]
    [PromptTemplate("{{ticket}}")]
    public partial Task<PromptResult<Triage>> ConfidentAsync(string ticket, CancellationToken cancellationToken = default);

    /// <summary>One model, three times.</summary>
    [RoutedPrompt(MaxOutputTokens = 1_000, Temperature = 0.7)]
    [Ensemble(Calls.Catalog.Mini, Samples = 3, On = nameof(Triage.Queue))]
    [PromptTemplate("{{ticket}}")]
    public partial Task<PromptResult<Triage>> SampledAsync(string ticket, CancellationToken cancellationToken = default);

    /// <summary>The winner has to pass a check.</summary>
    [RoutedPrompt(Tier.General, MaxOutputTokens = 1_000)]
    [Ensemble(Calls.Catalog.Mini, Calls.Catalog.Haiku, On = nameof(Triage.Queue))]
    [AcceptWhen(nameof(Triage.Confidence), AtLeast = 0.8)]
    [PromptTemplate("{{ticket}}")]
    public partial Task<PromptResult<Triage>> CheckedAsync(string ticket, CancellationToken cancellationToken = default);

    /// <summary>A rule leads calls past the vote.</summary>
    [RoutedPrompt(Tier.General, MaxOutputTokens = 1_000)]
    [Ensemble(Calls.Catalog.Mini, Calls.Catalog.Haiku, On = nameof(Triage.Queue))]
    [RouteWhen(Tier.General, ContainsAny = ["lawyer"])]
    [PromptTemplate("{{ticket}}")]
    public partial Task<PromptResult<Triage>> RoutedAsync(string ticket, CancellationToken cancellationToken = default);

    /// <summary>Has the money for two answers of 1,000 tokens each, not for three.</summary>
    [RoutedPrompt(MaxOutputTokens = 1_000)]
    [Ensemble(Calls.Catalog.Mini, Calls.Catalog.Haiku, Calls.Catalog.Sonnet, On = nameof(Triage.Queue))]
    [Budget(0.01)]
    [PromptTemplate("{{ticket}}")]
    public partial Task<PromptResult<Triage>> CheaplyAsync(string ticket, CancellationToken cancellationToken = default);

    /// <summary>Selects the better one.</summary>
    [RoutedPrompt(Calls.Catalog.Sonnet, MaxOutputTokens = 50, Repairs = 0)]
    [PromptTemplate("Which is best for this ticket? {{ticket}} {{json candidates}}")]
    public partial Task<PromptResult<int>> PickAsync(string ticket, IReadOnlyList<Triage> candidates, CancellationToken cancellationToken = default);

    /// <summary>A judge selects.</summary>
    [RoutedPrompt(Tier.General, MaxOutputTokens = 1_000)]
    [Ensemble(Calls.Catalog.Mini, Calls.Catalog.Haiku, Judge = nameof(PickAsync))]
    [AcceptWhen(nameof(Triage.Confidence), AtLeast = 0.5)]
    [PromptTemplate("{{ticket}}")]
    public partial Task<PromptResult<Triage>> JudgedAsync(string ticket, CancellationToken cancellationToken = default);

    /// <summary>The most confident one.</summary>
    [RoutedPrompt(MaxOutputTokens = 1_000)]
    [Ensemble(Calls.Catalog.Mini, Calls.Catalog.Haiku, Judge = nameof(MostConfident))]
    [PromptTemplate("{{ticket}}")]
    public partial Task<PromptResult<Triage>> BestAsync(string ticket, CancellationToken cancellationToken = default);

    private static int MostConfident(IReadOnlyList<Triage> candidates) =>
        Enumerable.Range(0, candidates.Count).MaxBy(index => candidates[index].Confidence);

    [RoutedPrompt(MaxOutputTokens = 1_000)]
    [Ensemble(Calls.Catalog.Mini, Calls.Catalog.Haiku, Calls.Catalog.Sonnet, On = nameof(Triage.Queue))]
    [Deadline(3)]
    [PromptTemplate("{{ticket}}")]
    public partial Task<PromptResult<Triage>> SoonAsync(string ticket, CancellationToken cancellationToken = default);
}
