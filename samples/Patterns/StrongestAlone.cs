using PromptGen;

namespace Acme.Patterns;

/// <summary>What the patterns are compared with: the strongest model answers every question.</summary>
public sealed partial class StrongestAlone
{
    /// <summary>Answers a question.</summary>
    [RoutedPrompt(Models.Sol, Fallbacks = [Models.Opus], MaxOutputTokens = 300)]
    [PromptTemplate(File = "Prompts/answer.prompt")]
    public partial Task<PromptResult<Answer>> AnswerAsync(string handbook, [Untrusted] string question, CancellationToken cancellationToken = default);
}
