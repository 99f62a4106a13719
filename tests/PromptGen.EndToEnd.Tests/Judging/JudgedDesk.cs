// These limits are there to be run into.
#pragma warning disable PG0502 // the budget is smaller than the worst case
#pragma warning disable PG0503 // the deadline may pass before the last step
#pragma warning disable PG0406 // one provider

using PromptGen.EndToEnd.Tests.Calls;

namespace PromptGen.EndToEnd.Tests.Judging;

/// <summary>Prompts whose answers another prompt, or a method with the prompt's parameters, has to accept.</summary>
public sealed partial class JudgedDesk
{
    /// <summary>A judge that gives a number.</summary>
    [RoutedPrompt(Calls.Catalog.Haiku, MaxOutputTokens = 50, Repairs = 0)]
    [PromptTemplate("How well does {{json answer}} fit this ticket? {{ticket}}")]
    public partial Task<double> GradeAsync(string ticket, Triage answer, CancellationToken cancellationToken = default);

    /// <summary>A judge that decides.</summary>
    [RoutedPrompt(Calls.Catalog.Haiku, MaxOutputTokens = 50, Repairs = 0)]
    [PromptTemplate("Does {{json answer}} fit this ticket? {{ticket}}")]
    public partial Task<PromptResult<bool>> FitsAsync(Triage answer, string ticket, CancellationToken cancellationToken = default);

    [RoutedPrompt(Calls.Catalog.Mini, Calls.Catalog.Sonnet, MaxOutputTokens = 100)]
    [PromptTemplate("{{ticket}}")]
    [AcceptIf(nameof(GradeAsync), AtLeast = 0.7)]
    public partial Task<PromptResult<Triage>> GradedAsync(string ticket, CancellationToken cancellationToken = default);

    [RoutedPrompt(Calls.Catalog.Mini, Calls.Catalog.Sonnet, MaxOutputTokens = 100)]
    [PromptTemplate("{{ticket}}")]
    [AcceptWhen(nameof(Triage.Confidence), AtLeast = 0.8)]
    [AcceptIf(nameof(FitsAsync), Repair = true)]
    public partial Task<PromptResult<Triage>> CorrectedAsync(string ticket, CancellationToken cancellationToken = default);

    [RoutedPrompt(Calls.Catalog.Mini, Calls.Catalog.Sonnet, MaxOutputTokens = 100)]
    [PromptTemplate("{{ticket}}")]
    [AcceptIf(nameof(FitsAsync), WhenUnknown = WhenUnknown.Accept)]
    public partial Task<PromptResult<Triage>> TrustedAsync(string ticket, CancellationToken cancellationToken = default);

    [RoutedPrompt(Calls.Catalog.Mini, Calls.Catalog.Sonnet, MaxOutputTokens = 100)]
    [PromptTemplate("{{ticket}}")]
    [AcceptIf(nameof(FitsAsync), WhenUnknown = WhenUnknown.Throw)]
    public partial Task<PromptResult<Triage>> StrictAsync(string ticket, CancellationToken cancellationToken = default);

    /// <summary>Room for one answer of Mini, and none for its judge.</summary>
    [RoutedPrompt(Calls.Catalog.Mini, Calls.Catalog.Sonnet, MaxOutputTokens = 100)]
    [PromptTemplate("{{ticket}}")]
    [AcceptIf(nameof(GradeAsync), AtLeast = 0.7, WhenUnknown = WhenUnknown.Accept)]
    [Budget(0.0004)]
    public partial Task<PromptResult<Triage>> CheaplyAsync(string ticket, CancellationToken cancellationToken = default);

    [RoutedPrompt(Calls.Catalog.Mini, Calls.Catalog.Sonnet, MaxOutputTokens = 100)]
    [PromptTemplate("{{ticket}}")]
    [AcceptIf(nameof(GradeAsync), AtLeast = 0.7, WhenUnknown = WhenUnknown.Accept)]
    [Deadline(3)]
    public partial Task<PromptResult<Triage>> SoonAsync(string ticket, CancellationToken cancellationToken = default);

    /// <summary>Plain methods that get parameters of the prompt by name.</summary>
    [RoutedPrompt(Calls.Catalog.Mini, Calls.Catalog.Sonnet, MaxOutputTokens = 100)]
    [PromptTemplate("{{ticket}}")]
    [AcceptIf(nameof(IsUrgentEnough))]
    [AcceptIf(nameof(ShareOf), AtLeast = 0.1, AtMost = 0.9)]
    public partial Task<PromptResult<Triage>> CheckedAsync(string ticket, int least, CancellationToken cancellationToken = default);

    private static string? IsUrgentEnough(int least, Triage answer) => answer.Urgency >= least ? null : "not urgent enough";

    private static double? ShareOf(Triage triage, string ticket) => ticket.Length == 0 ? null : triage.Confidence;
}
