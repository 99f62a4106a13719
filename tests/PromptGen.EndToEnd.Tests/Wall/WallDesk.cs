using Models = PromptGen.EndToEnd.Tests.Calls.Catalog;

namespace PromptGen.EndToEnd.Tests.Wall;

/// <summary>The prompts of the wall: one model, another provider's in its place when it is down, a stronger one when it is wrong, a minute in all.</summary>
public sealed partial class WallDesk
{
    private const string Template = """
        {{role "system"}}
        You report on tickets.
        {{role "user"}}
        {{ticket}}
        """;

    [RoutedPrompt(Models.Mini, Models.Sonnet, Fallbacks = [Models.Haiku], MaxOutputTokens = 300)]
    [PromptTemplate(Template)]
    [AcceptWhen(nameof(Report.Confidence), AtLeast = 0.8)]
    [Deadline(60)]
    public partial Task<PromptResult<Report>> ViaOpenAIAsync(string ticket, CancellationToken cancellationToken = default);

    [RoutedPrompt(Models.Haiku, Models.Sonnet, Fallbacks = [Models.Mini], MaxOutputTokens = 300)]
    [PromptTemplate(Template)]
    [AcceptWhen(nameof(Report.Confidence), AtLeast = 0.8)]
    [Deadline(60)]
    public partial Task<PromptResult<Report>> ViaAnthropicAsync(string ticket, CancellationToken cancellationToken = default);
}
