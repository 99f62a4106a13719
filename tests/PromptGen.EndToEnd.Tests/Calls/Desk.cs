// These two limits are there to be run into.
#pragma warning disable PG0502 // the budget is smaller than the worst case
#pragma warning disable PG0503 // the deadline may pass before the last step

namespace PromptGen.EndToEnd.Tests.Calls;

/// <summary>The prompts that the end-to-end tests call.</summary>
public sealed partial class Desk
{
    private const string Template = """
        {{role "system"}}
        You triage tickets.
        {{role "user"}}
        {{ticket}}
        """;

    /// <summary>The whole cascade: two providers at the bottom, a stronger model above.</summary>
    [RoutedPrompt(Tier.Fast, EscalateTo = Tier.General, MaxOutputTokens = 100)]
    [PromptTemplate(Template)]
    [AcceptWhen(nameof(Triage.Confidence), AtLeast = 0.8)]
    public partial Task<PromptResult<Triage>> TriageAsync(string ticket, CancellationToken cancellationToken = default);

    /// <summary>One model of the Anthropic provider.</summary>
    [RoutedPrompt(Catalog.Sonnet)]
    [PromptTemplate(Template)]
    public partial Task<PromptResult<Triage>> AskSonnetAsync(string ticket, CancellationToken cancellationToken = default);

    /// <summary>One model of the OpenAI provider.</summary>
    [RoutedPrompt(Catalog.Mini)]
    [PromptTemplate(Template)]
    public partial Task<PromptResult<Triage>> AskMiniAsync(string ticket, CancellationToken cancellationToken = default);

    /// <summary>With a method that answers when no model does.</summary>
    [RoutedPrompt(Catalog.Mini, Catalog.Sonnet)]
    [PromptTemplate(Template)]
    [Fallback(nameof(AskPerson))]
    public partial Task<PromptResult<Triage>> TriageOrAskAsync(string ticket, CancellationToken cancellationToken = default);

    /// <summary>Room for one attempt with Mini ($0.0002 of output) and none with Sonnet ($0.002).</summary>
    [RoutedPrompt(Catalog.Mini, Catalog.Sonnet, MaxOutputTokens = 100, Repairs = 0)]
    [PromptTemplate(Template)]
    [Budget(0.001)]
    public partial Task<PromptResult<Triage>> TriageCheaplyAsync(string ticket, CancellationToken cancellationToken = default);

    /// <summary>Three seconds in all.</summary>
    [RoutedPrompt(Catalog.Mini, Catalog.Sonnet)]
    [PromptTemplate(Template)]
    [Deadline(3)]
    public partial Task<PromptResult<Triage>> TriageSoonAsync(string ticket, CancellationToken cancellationToken = default);

    private static Triage AskPerson(string ticket) => new(Queue.Technical, ticket.Length > 0 ? 3 : 1, 1);
}
