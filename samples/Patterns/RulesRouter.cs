using PromptGen;

namespace Acme.Patterns;

/// <summary>Rules over the question decide where a call enters. They cost nothing: the compiler writes an <c>if</c> for each.</summary>
public sealed partial class RulesRouter
{
    /// <summary>Answers a question: legal ones on the strongest tier, code and long ones on the middle one, all others on the cheapest.</summary>
    [RoutedPrompt(Tier.Fast, EscalateTo = Tier.Deep, MaxOutputTokens = 300)]
    [PromptTemplate(File = "Prompts/answer.prompt")]
    [RouteWhen(Tier.Deep, ContainsAny = ["lawyer", "liable", "liability"], In = nameof(question))]
    [RouteWhen(Tier.General, ContainsCode = true, In = nameof(question))]
    [RouteWhen(Tier.General, MinInputTokens = 40, In = nameof(question))]
    public partial Task<PromptResult<Answer>> AnswerAsync(string handbook, [Untrusted] string question, CancellationToken cancellationToken = default);
}
