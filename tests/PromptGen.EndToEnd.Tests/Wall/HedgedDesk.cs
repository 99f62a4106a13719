// The budget is there to be reached.
#pragma warning disable PG0502 // the budget is smaller than the worst case

using Models = PromptGen.EndToEnd.Tests.Calls.Catalog;

namespace PromptGen.EndToEnd.Tests.Wall;

/// <summary>The prompts of the wall that ask another provider's model too after two seconds.</summary>
public sealed partial class HedgedDesk
{
    private const string Template = """
        {{role "system"}}
        You report on tickets.
        {{role "user"}}
        {{ticket}}
        """;

    [RoutedPrompt(Models.Mini, Models.Sonnet, Fallbacks = [Models.Haiku], MaxOutputTokens = 300, HedgeAfter = 2)]
    [PromptTemplate(Template)]
    [AcceptWhen(nameof(Report.Confidence), AtLeast = 0.8)]
    [Deadline(60)]
    public partial Task<PromptResult<Report>> ViaOpenAIAsync(string ticket, CancellationToken cancellationToken = default);

    [RoutedPrompt(Models.Haiku, Models.Sonnet, Fallbacks = [Models.Mini], MaxOutputTokens = 300, HedgeAfter = 2)]
    [PromptTemplate(Template)]
    [AcceptWhen(nameof(Report.Confidence), AtLeast = 0.8)]
    [Deadline(60)]
    public partial Task<PromptResult<Report>> ViaAnthropicAsync(string ticket, CancellationToken cancellationToken = default);

    /// <summary>Room for a request to Mini ($0.0006 of output) or one to Haiku ($0.0012), and not for both.</summary>
    [RoutedPrompt(Models.Mini, Fallbacks = [Models.Haiku], MaxOutputTokens = 300, Repairs = 0, HedgeAfter = 2)]
    [PromptTemplate(Template)]
    [Budget(0.0018), Deadline(60)]
    public partial Task<PromptResult<Report>> CheapAsync(string ticket, CancellationToken cancellationToken = default);

    [RoutedPrompt(Models.Mini, Fallbacks = [Models.Haiku], MaxOutputTokens = 300, HedgeAfter = 2)]
    [PromptTemplate(Template)]
    [Deadline(60)]
    public partial IAsyncEnumerable<string> WriteViaOpenAIAsync(string ticket, CancellationToken cancellationToken = default);

    [RoutedPrompt(Models.Haiku, Fallbacks = [Models.Mini], MaxOutputTokens = 300, HedgeAfter = 2)]
    [PromptTemplate(Template)]
    [Deadline(60)]
    public partial IAsyncEnumerable<string> WriteViaAnthropicAsync(string ticket, CancellationToken cancellationToken = default);
}
