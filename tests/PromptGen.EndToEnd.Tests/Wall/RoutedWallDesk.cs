#pragma warning disable PG0409 // the router costs more than it saves: it is here to fail

using Models = PromptGen.EndToEnd.Tests.Calls.Catalog;

namespace PromptGen.EndToEnd.Tests.Wall;

/// <summary>The prompts of the wall with clauses of entry.</summary>
public sealed partial class RoutedWallDesk
{
    private const string Template = """
        {{role "system"}}
        You report on tickets.
        {{role "user"}}
        {{ticket}}
        """;

    /// <summary>A rule leads to the strong model.</summary>
    [RoutedPrompt(Models.Mini, Models.Sonnet, Fallbacks = [Models.Haiku], MaxOutputTokens = 300)]
    [PromptTemplate(Template)]
    [RouteWhen(Models.Sonnet, ContainsAny = ["lawyer"])]
    [AcceptWhen(nameof(Report.Confidence), AtLeast = 0.8)]
    [Deadline(60)]
    public partial Task<PromptResult<Report>> ByRuleAsync(string ticket, CancellationToken cancellationToken = default);

    /// <summary>A value sets the ceiling: Sonnet is above it.</summary>
    [RoutedPrompt(Models.Mini, Models.Sonnet, Fallbacks = [Models.Haiku], MaxOutputTokens = 300)]
    [PromptTemplate(Template)]
    [RouteBy(nameof(isFree))]
    [RouteCase(true, Tier.Fast, EscalateTo = Tier.Fast)]
    [RouteCase(false, Tier.General)]
    [AcceptWhen(nameof(Report.Confidence), AtLeast = 0.8)]
    [Deadline(60)]
    public partial Task<PromptResult<Report>> ByValueAsync(string ticket, bool isFree, CancellationToken cancellationToken = default);

    /// <summary>Another prompt decides.</summary>
    [RoutedPrompt(Models.Mini, Models.Sonnet, Fallbacks = [Models.Haiku], MaxOutputTokens = 300)]
    [PromptTemplate(Template)]
    [RouteBy(nameof(IsHardAsync))]
    [RouteCase(true, Tier.General)]
    [RouteCase(false, Tier.Fast)]
    [AcceptWhen(nameof(Report.Confidence), AtLeast = 0.8)]
    [Deadline(60)]
    public partial Task<PromptResult<Report>> ByPromptAsync(string ticket, CancellationToken cancellationToken = default);

    /// <summary>The router.</summary>
    [RoutedPrompt(Models.Mini, MaxOutputTokens = 20)]
    [PromptTemplate("Is this hard? {{ticket}}")]
    public partial Task<bool> IsHardAsync(string ticket, CancellationToken cancellationToken = default);

    /// <summary>Haiku is tried on every call.</summary>
    [RoutedPrompt(Models.Mini, Models.Sonnet, MaxOutputTokens = 300)]
    [PromptTemplate(Template)]
    [Canary(Models.Haiku, 100)]
    [AcceptWhen(nameof(Report.Confidence), AtLeast = 0.8)]
    [Deadline(60)]
    public partial Task<PromptResult<Report>> ByCandidateAsync(string ticket, CancellationToken cancellationToken = default);
}
