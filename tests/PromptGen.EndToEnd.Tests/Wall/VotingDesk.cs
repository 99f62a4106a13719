using Models = PromptGen.EndToEnd.Tests.Calls.Catalog;

namespace PromptGen.EndToEnd.Tests.Wall;

/// <summary>The prompts of the wall that three models of two providers vote on.</summary>
public sealed partial class VotingDesk
{
    private const string Template = """
        {{role "system"}}
        You report on tickets.
        {{role "user"}}
        {{ticket}}
        """;

    [RoutedPrompt(MaxOutputTokens = 300)]
    [PromptTemplate(Template)]
    [Ensemble(Models.Mini, Models.Haiku, Models.Sonnet, On = nameof(Report.Queue), Eager = true)]
    [Deadline(60)]
    public partial Task<PromptResult<Report>> AllAsync(string ticket, CancellationToken cancellationToken = default);

    [RoutedPrompt(MaxOutputTokens = 300)]
    [PromptTemplate(Template)]
    [Ensemble(Models.Mini, Models.Haiku, On = nameof(Report.Queue), Quorum = 2)]
    [Deadline(60)]
    public partial Task<PromptResult<Report>> BothAsync(string ticket, CancellationToken cancellationToken = default);
}
