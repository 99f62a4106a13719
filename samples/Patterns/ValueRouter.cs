using PromptGen;

namespace Acme.Patterns;

/// <summary>What a customer pays for.</summary>
public enum Plan
{
    /// <summary>Nothing.</summary>
    Free,

    /// <summary>A price for each user.</summary>
    Team,

    /// <summary>A contract.</summary>
    Enterprise,
}

/// <summary>The customer's plan decides where a call enters, and how far it may climb.</summary>
public sealed partial class ValueRouter
{
    /// <summary>Answers a question: whatever fails, no model above <see cref="Tier.Fast"/> answers a customer who pays nothing.</summary>
    [RoutedPrompt(Tier.Fast, EscalateTo = Tier.Deep, MaxOutputTokens = 300)]
    [PromptTemplate(File = "Prompts/answer.prompt")]
    [RouteBy(nameof(plan))]
    [RouteCase(Plan.Free, Tier.Fast, EscalateTo = Tier.Fast)]
    [RouteCase(Plan.Team, Tier.Fast, EscalateTo = Tier.General)]
    [RouteCase(Plan.Enterprise, Tier.Deep)]
    [AcceptWhen(nameof(Answer.Confidence), AtLeast = 0.7)]
    [Fallback(nameof(LeaveToPersonAsync))]
    public partial Task<PromptResult<Answer>> AnswerAsync(string handbook, [Untrusted] string question, Plan plan, CancellationToken cancellationToken = default);

    private static Task<Answer> LeaveToPersonAsync(string handbook, string question, Plan plan, CancellationToken cancellationToken) =>
        Task.FromResult(new Answer("Thank you for your question. A colleague will answer it.", 0));
}
