using PromptGen.Budgets;
using PromptGen.Catalog;
using PromptGen.Routing;

namespace PromptGen.Execution;

/// <summary>Adds up, step by step, the most that a call can cost and take.</summary>
/// <param name="account">The call.</param>
/// <param name="isStream">Whether its answer is streamed: then nothing but a deadline limits its time.</param>
internal sealed class WorstCase(CallAccount account, bool isStream)
{
    private readonly double _judging = (account.Prompt.Judges?.Invoke() ?? []).Sum(judge => SecondsOf(judge, account, level: 1));
    private decimal? _usd = 0m;
    private double _seconds = isStream ? double.PositiveInfinity : 0;
    private int _answers;
    private int _longestAnswer;
    private long _delivered;
    private decimal _alone;
    private decimal _beside;

    /// <summary>The most that the call can cost, in USD; null where a price or an output limit is not known.</summary>
    /// <param name="routers">The prompts that decide where it enters.</param>
    public decimal? Usd(IReadOnlyList<PromptExplanation> routers) => routers.Aggregate(
        _usd + _beside + PromptWorstCase.OfJudges(account.Prompt, PromptWorstCase.Answers(account.Prompt, _answers)),
        static (sum, router) => sum + router.WorstCaseUsd);

    /// <summary>The longest that the call can take; null where nothing limits it.</summary>
    /// <param name="routers">The prompts that decide where it enters.</param>
    public TimeSpan? Duration(IReadOnlyList<PromptExplanation> routers)
    {
        var seconds = _seconds + routers.Sum(static router => router.WorstCaseDuration?.TotalSeconds ?? double.PositiveInfinity);
        return account.Clock.Deadline is { } deadline && deadline.TotalSeconds <= seconds ? deadline
            : seconds < TimeSpan.MaxValue.TotalSeconds ? TimeSpan.FromSeconds(seconds)
            : null;
    }

    /// <summary>
    /// The most that one model of a step can cost, in USD: it answers, is asked again as often as repairs are allowed, and is rejected. Each answer is as long as its limit, and a
    /// repair sends the rejected one back. Where a template names <c>previous</c>, the longest answer of the steps so far is part of the request; where the prompt resumes, all that
    /// the models so far can have delivered.
    /// </summary>
    public decimal? Usd(in ModelRequest request, ModelInfo model)
    {
        if (request.Options.MaxOutputTokens is not { } limit)
        {
            return null;
        }

        var input = request.EstimatedTokens;
        if (account.Prompt.UsesPrevious)
        {
            input += _longestAnswer;
        }
        else if (account.Prompt.Resume)
        {
            _alone = Math.Max(_alone, CostCalculator.Estimate(input, limit, model) ?? 0);
            input += _delivered == 0 ? 0 : TokenEstimator.For(model, _delivered + ContinuationTokens.Instruction);
            _delivered += limit;
        }

        return CostCalculator.Estimate(input, limit, model) + (account.Prompt.Repairs * CostCalculator.Estimate(input + limit, limit, model));
    }

    /// <summary>
    /// Adds a step: its most expensive model counts once (the two most expensive ones where a hedge asks one beside another), the time of all its models in turn. Where the prompt
    /// resumes every model counts, together with a hedge one of them twice in a call: asked beside another, and again to continue. Where all of them vote every one counts, as
    /// often as it is asked, and the judge that selects among their answers.
    /// </summary>
    /// <param name="models">Its models that are asked, each with what it can cost.</param>
    /// <param name="samples">How often each of them is asked where they vote; 0 = they are alternatives.</param>
    public void Add(IReadOnlyCollection<(ModelInfo Model, decimal? Usd)> models, int samples)
    {
        if (models.Count == 0)
        {
            return;
        }

        _longestAnswer = Math.Max(_longestAnswer, models.Max(one => ModelDefaults.OutputLimit(account.Prompt.MaxOutputTokens, one.Model.MaxOutputTokens) ?? 0));
        var paid = PromptWorstCase.Paid(account.Prompt, models.Count, samples);
        _beside = paid > 1 ? Math.Max(_beside, _alone) : _beside;
        _alone = 0;
        _answers += paid;
        _usd = models.Any(static one => one.Usd is null) ? null
            : _usd + (samples > 0 ? samples * models.Sum(static one => one.Usd) : models.Select(static one => one.Usd).OrderDescending().Take(account.Prompt.Resume ? models.Count : paid).Sum());
        _seconds += SecondsOf(models.Select(static one => one.Model), samples, account.Prompt, _judging, account.Runtime.Resilience);
        if (samples > 0 && account.Prompt.Selector?.Invoke() is { } selector)
        {
            var calls = PromptWorstCase.Calls(account.Prompt, selector);
            _usd += calls * selector.FullWorstCaseUsd;
            _seconds += calls * SecondsOf(selector, account, level: 1);
        }
    }

    /// <summary>A prompt that is called: the longest of its paths, each model of each step in turn.</summary>
    private static double SecondsOf(PromptDefinition prompt, CallAccount account, int level)
    {
        if (level > Account.MostLevels)
        {
            return double.PositiveInfinity;
        }

        var judges = prompt.Judges?.Invoke() ?? [];
        var judging = judges.Sum(judge => SecondsOf(judge, account, level + 1));
        var routing = (prompt.Children?.Invoke() ?? []).Except(judges).Sum(router => SecondsOf(router, account, level + 1) * PromptWorstCase.Calls(prompt, router));
        var longest = 0d;
        foreach (var entry in prompt.Route.Take(1).Concat(prompt.Entries))
        {
            var seconds = 0d;
            for (var step = entry; step is not null; step = step.Next)
            {
                var models = step.Models.Concat(step.Fallbacks).Select(model => account.Find(model).Model);
                seconds += SecondsOf(models, step.Samples, prompt, judging, account.Runtime.Resilience);
            }

            longest = Math.Max(longest, seconds);
        }

        return Math.Min(prompt.Deadline?.TotalSeconds ?? double.PositiveInfinity, routing + longest);
    }

    /// <summary>The models of a step in turn: each answers as often as it is asked and repairs are allowed, and every answer is judged.</summary>
    private static double SecondsOf(IEnumerable<ModelInfo> models, int samples, PromptDefinition prompt, double judging, ResilienceOptions options) =>
        Math.Max(1, samples) * models.Sum(model => (1 + prompt.Repairs) * (SecondsOf(model, options) + judging));

    /// <summary>One request with its retries: each one fails at the end of its time, and the waits between them are as long as they may be.</summary>
    private static double SecondsOf(ModelInfo model, ResilienceOptions options)
    {
        var seconds = (1 + options.MaxRetries) * model.Timeout.TotalSeconds;
        for (var retry = 0; retry < options.MaxRetries; retry++)
        {
            seconds += Math.Max(options.MaxRetryAfter.TotalSeconds * 1.1, options.RetryDelay.TotalSeconds * 1.5 * Math.Pow(2, retry));
        }

        return seconds;
    }
}
