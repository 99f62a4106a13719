using Models = PromptGen.EndToEnd.Tests.Calls.Catalog;

namespace PromptGen.EndToEnd.Tests.Wall;

/// <summary>Streams of the wall that another model continues where they break off.</summary>
public sealed partial class ResumedWallDesk
{
    private const string Template = """
        {{role "system"}}
        You report on tickets.
        {{role "user"}}
        {{ticket}}
        """;

    [RoutedPrompt(Models.Mini, Fallbacks = [Models.Haiku], MaxOutputTokens = 300, Resume = true)]
    [PromptTemplate(Template)]
    [Deadline(60)]
    public partial IAsyncEnumerable<string> WriteViaOpenAIAsync(string ticket, CancellationToken cancellationToken = default);

    [RoutedPrompt(Models.Haiku, Fallbacks = [Models.Mini], MaxOutputTokens = 300, Resume = true)]
    [PromptTemplate(Template)]
    [Deadline(60)]
    public partial IAsyncEnumerable<string> WriteViaAnthropicAsync(string ticket, CancellationToken cancellationToken = default);

    [RoutedPrompt(Models.Mini, Models.Sonnet, Fallbacks = [Models.Haiku], MaxOutputTokens = 300, Resume = true)]
    [PromptTemplate(Template)]
    [AcceptWhen(nameof(Report.Confidence), AtLeast = 0.8)]
    [Deadline(60)]
    public partial IAsyncEnumerable<Report> ListViaOpenAIAsync(string ticket, CancellationToken cancellationToken = default);

    [RoutedPrompt(Models.Haiku, Models.Sonnet, Fallbacks = [Models.Mini], MaxOutputTokens = 300, Resume = true)]
    [PromptTemplate(Template)]
    [AcceptWhen(nameof(Report.Confidence), AtLeast = 0.8)]
    [Deadline(60)]
    public partial IAsyncEnumerable<Report> ListViaAnthropicAsync(string ticket, CancellationToken cancellationToken = default);

    [RoutedPrompt(Models.Mini, Models.Sonnet, Fallbacks = [Models.Haiku], MaxOutputTokens = 300, HedgeAfter = 2, Resume = true)]
    [PromptTemplate(Template)]
    [Deadline(60)]
    public partial IAsyncEnumerable<string> HedgedViaOpenAIAsync(string ticket, CancellationToken cancellationToken = default);

    [RoutedPrompt(Models.Haiku, Models.Sonnet, Fallbacks = [Models.Mini], MaxOutputTokens = 300, HedgeAfter = 2, Resume = true)]
    [PromptTemplate(Template)]
    [Deadline(60)]
    public partial IAsyncEnumerable<string> HedgedViaAnthropicAsync(string ticket, CancellationToken cancellationToken = default);
}
