namespace PromptGen.EndToEnd.Tests.Calls;

/// <summary>Prompts whose stronger models see what was rejected before.</summary>
public sealed partial class DraftDesk
{
    private const string Template = """
        {{role "system"}}Triage.
        {{role "user"}}{{ticket}}{{#if previous}}
        Before: {{previous.answer}}
        Wrong: {{previous.reason}}{{#if previous.value}}
        Queue: {{previous.value.queue}}{{/if}}{{/if}}
        """;

    [RoutedPrompt(Tier.Fast, EscalateTo = Tier.General, MaxOutputTokens = 300, Repairs = 0)]
    [PromptTemplate(Template)]
    [AcceptWhen(nameof(Triage.Confidence), AtLeast = 0.8)]
    public partial Task<PromptResult<Triage>> TriageAsync(string ticket, CancellationToken cancellationToken = default);

    [RoutedPrompt(Catalog.Mini, Catalog.Haiku, Catalog.Sonnet, MaxOutputTokens = 300)]
    [PromptTemplate(Template)]
    public partial Task<PromptResult<Triage>> RepairedAsync(string ticket, CancellationToken cancellationToken = default);

    [RoutedPrompt(Catalog.Sonnet, MaxOutputTokens = 300)]
    [PromptTemplate(Template)]
    [Ensemble(Catalog.Mini, Catalog.Haiku, On = nameof(Triage.Queue), Quorum = 2)]
    public partial Task<PromptResult<Triage>> VotedAsync(string ticket, CancellationToken cancellationToken = default);
}
