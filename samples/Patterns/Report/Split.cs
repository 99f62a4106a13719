using Acme.Patterns.Providers;
using Acme.Patterns.Questions;
using PromptGen;

namespace Acme.Patterns.Report;

/// <summary>
/// What a split of the calls over the tiers costs, before any request is made. The amounts are those of <see cref="PromptRuntime.ExplainAsync"/>: the estimated tokens of a
/// request and its output limit, at the prices of the catalog.
/// </summary>
/// <param name="Shares">The pattern and its split, in words.</param>
/// <param name="Usd">What a call costs on average.</param>
/// <param name="AloneUsd">What a call costs at the strongest model alone.</param>
internal sealed record Split(string Shares, decimal Usd, decimal AloneUsd)
{
    /// <summary>The splits that the patterns are made for.</summary>
    public static async Task<IReadOnlyList<Split>> ExplainAsync(IReadOnlyList<ProviderAccess> providers)
    {
        await using var access = await ModelAccess.OpenAsync(providers);
        return await ExplainAsync(access.Prompts, Question.All[0]);
    }

    /// <summary>The splits, for calls with one question.</summary>
    public static async Task<IReadOnlyList<Split>> ExplainAsync(PromptRuntime prompts, Question question)
    {
        var rules = await prompts.ExplainAsync(() => new RulesRouter(prompts).AnswerAsync(Question.Handbook, question.Text));
        var llm = await prompts.ExplainAsync(() => new LlmRouter(prompts).AnswerAsync(Question.Handbook, question.Text));
        var alone = await prompts.ExplainAsync(() => new StrongestAlone(prompts).AnswerAsync(Question.Handbook, question.Text));
        var (fast, general, deep) = (Request(rules, Tier.Fast), Request(rules, Tier.General), Request(rules, Tier.Deep));
        var router = Request(llm.Routers[0], Tier.Fast);

        return
        [
            new("rules: 60 % Fast, 30 % General, 10 % Deep", (0.6m * fast) + (0.3m * general) + (0.1m * deep), Request(alone, Tier.Deep)),
            new("llm: 80 % Fast, 20 % Deep, and the router", router + (0.8m * fast) + (0.2m * deep), Request(alone, Tier.Deep)),
            .. await ExplainCascadesAsync(prompts),
        ];
    }

    // Every call of a cascade asks the cheap model; a share of them asks the strong one too.
    private static async Task<IReadOnlyList<Split>> ExplainCascadesAsync(PromptRuntime prompts)
    {
        var (comment, facts) = (Comment.All[0].Text, News.All[0].Facts);
        var moderate = await prompts.ExplainAsync(() => new ModerationCascade(prompts).ModerateAsync(comment));
        var moderateAlone = await prompts.ExplainAsync(() => new StrongestAlone(prompts).ModerateAsync(comment));
        var polish = await prompts.ExplainAsync(() => new DraftAndPolish(prompts).WriteAsync(facts));
        var polishAlone = await prompts.ExplainAsync(() => new StrongestAlone(prompts).AnnounceAsync(facts));

        return [Cascade("moderate", 20, moderate, moderateAlone), Cascade("moderate", 15, moderate, moderateAlone), Cascade("polish", 15, polish, polishAlone)];
    }

    private static Split Cascade(string name, int percent, PromptExplanation call, PromptExplanation alone) =>
        new($"{name}: {percent} % escalated", Request(call, Tier.Fast) + (percent / 100m * Request(call, Tier.Deep)), Request(alone, Tier.Deep));

    // The most that one request to the first model of a step costs.
    private static decimal Request(PromptExplanation call, Tier tier) => call.Steps.Single(step => step.Tier == tier).Models[0].MaxUsd!.Value;
}
