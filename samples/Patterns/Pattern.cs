using Acme.Patterns.Providers;
using Acme.Patterns.Questions;
using PromptGen;

namespace Acme.Patterns;

/// <summary>One way to choose the model of a call.</summary>
/// <param name="Name">What the command line calls it.</param>
/// <param name="Title">What it is, in a few words.</param>
/// <param name="Ask">Asks one question.</param>
internal sealed record Pattern(string Name, string Title, Func<PromptRuntime, Question, CancellationToken, Task<PromptResult<Answer>>> Ask)
{
    /// <summary>The patterns, in the order in which they run.</summary>
    public static IReadOnlyList<Pattern> All { get; } =
    [
        new("rules", "Rules router: phrases, code and length of the question decide", static (prompts, question, token) =>
            new RulesRouter(prompts).AnswerAsync(Question.Handbook, question.Text, token)),
        new("llm", "LLM router: a prompt on a cheap model decides", static (prompts, question, token) =>
            new LlmRouter(prompts).AnswerAsync(Question.Handbook, question.Text, token)),
        new("plan", "Value router: the customer's plan decides, and sets a ceiling", static (prompts, question, token) =>
            new ValueRouter(prompts).AnswerAsync(Question.Handbook, question.Text, question.Plan, token)),
        new("judge", "Judge: another prompt has to accept the answer", static (prompts, question, token) =>
            new JudgedAnswer(prompts).AnswerAsync(Question.Handbook, question.Text, token)),
    ];

    /// <summary>What they are compared with.</summary>
    public static Pattern Alone { get; } = new("alone", "The strongest model alone", static (prompts, question, token) =>
        new StrongestAlone(prompts).AnswerAsync(Question.Handbook, question.Text, token));

    /// <summary>Asks all questions, one after the other. Each run has a runtime of its own, so that no circuit that another pattern opened changes its way.</summary>
    public async Task<IReadOnlyList<Outcome>> RunAsync(IReadOnlyList<ProviderAccess> providers, CancellationToken cancellationToken)
    {
        await using var access = await ModelAccess.OpenAsync(providers);
        var outcomes = new List<Outcome>();
        foreach (var question in Question.All)
        {
            outcomes.Add(await AskAsync(access.Prompts, question, cancellationToken));
        }

        return outcomes;
    }

    private async Task<Outcome> AskAsync(PromptRuntime prompts, Question question, CancellationToken cancellationToken)
    {
        try
        {
            return Outcome.Of(question, await Ask(prompts, question, cancellationToken));
        }
        catch (PromptException exception) when (exception.Code != PromptErrorCode.Configuration)
        {
            return Outcome.Of(question, exception);
        }
    }
}
