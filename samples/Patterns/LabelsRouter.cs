using PromptGen;

namespace Acme.Patterns;

/// <summary>A router that was trained from labelled questions decides, in the process and without a request. What its labels do not have, a rule decides.</summary>
public sealed partial class LabelsRouter
{
    /// <summary>Answers a question on the cheapest model where that is likely good enough, else on the strongest one.</summary>
    [RoutedPrompt(Models.Luna, Models.Sol, Fallbacks = [Models.Haiku], MaxOutputTokens = 300)]
    [PromptTemplate(File = "Prompts/answer.prompt")]
    [RouteWhen(Models.Sol, ContainsCode = true, In = nameof(question))]
    [RouteLearned("Routers/questions.router", In = nameof(question))]
    public partial Task<PromptResult<Answer>> AnswerAsync(string handbook, [Untrusted] string question, CancellationToken cancellationToken = default);
}
