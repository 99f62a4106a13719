using PromptGen;

namespace Acme.Patterns;

/// <summary>What the patterns are compared with: the strongest model does everything.</summary>
public sealed partial class StrongestAlone
{
    /// <summary>Answers a question.</summary>
    [RoutedPrompt(Models.Sol, Fallbacks = [Models.Opus], MaxOutputTokens = 300)]
    [PromptTemplate(File = "Prompts/answer.prompt")]
    public partial Task<PromptResult<Answer>> AnswerAsync(string handbook, [Untrusted] string question, CancellationToken cancellationToken = default);

    /// <summary>Reviews code.</summary>
    [RoutedPrompt(Models.Sol, Fallbacks = [Models.Opus], MaxOutputTokens = 300)]
    [PromptTemplate(File = "Prompts/review.prompt")]
    public partial Task<PromptResult<Finding>> ReviewAsync([Untrusted] string code, CancellationToken cancellationToken = default);

    /// <summary>Writes a method.</summary>
    [RoutedPrompt(Models.Sol, Fallbacks = [Models.Opus], MaxOutputTokens = 1_000)]
    [PromptTemplate(File = "Prompts/code.prompt")]
    public partial Task<PromptResult<Code>> WriteAsync(ProgrammingTask task, CancellationToken cancellationToken = default);

    /// <summary>Moderates a comment.</summary>
    [RoutedPrompt(Models.Sol, Fallbacks = [Models.Opus], MaxOutputTokens = 60)]
    [PromptTemplate(File = "Prompts/moderate-deep.prompt")]
    public partial Task<PromptResult<Moderation>> ModerateAsync([Untrusted] string comment, CancellationToken cancellationToken = default);

    /// <summary>Announces facts.</summary>
    [RoutedPrompt(Models.Sol, Fallbacks = [Models.Opus], MaxOutputTokens = 300)]
    [PromptTemplate(File = "Prompts/announce.prompt")]
    public partial Task<PromptResult<Announcement>> AnnounceAsync([Untrusted] string facts, CancellationToken cancellationToken = default);

    /// <summary>Settles a claim from all mails about it.</summary>
    [RoutedPrompt(Models.Sol, Fallbacks = [Models.Opus], MaxOutputTokens = 100)]
    [PromptTemplate(File = "Prompts/claim.prompt")]
    public partial Task<PromptResult<ClaimDecision>> SettleAsync([Untrusted] string mails, CancellationToken cancellationToken = default);
}
