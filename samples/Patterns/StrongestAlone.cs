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
}
