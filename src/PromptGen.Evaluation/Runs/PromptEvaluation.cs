using PromptGen.Routing;

namespace PromptGen.Evaluation;

/// <summary>
/// Evaluates a prompt over the items of a set, by its whole route and by single models. What is done is kept in a store: a run that ended early goes on where it ended, and nothing is paid twice.
/// </summary>
public sealed class PromptEvaluation
{
    private readonly EvaluatedPrompt _prompt;
    private readonly EvaluationSet _set;
    private readonly IReadOnlyList<EvaluationArm> _arms;
    private readonly EvaluationStore _store;

    /// <summary>Checks every item against the prompt. Nothing is asked.</summary>
    /// <param name="prompt">The prompt.</param>
    /// <param name="set">The items.</param>
    /// <param name="arms">Who answers; no two of one name, all of this prompt. They stay the caller's.</param>
    /// <param name="store">Keeps what is done. It stays the caller's.</param>
    /// <exception cref="RecordedDataException">Items do not suit the prompt; the message has a line for each fault.</exception>
    /// <exception cref="ArgumentException">There is no arm, or two have one name, or one is of another prompt.</exception>
    public PromptEvaluation(EvaluatedPrompt prompt, EvaluationSet set, IReadOnlyList<EvaluationArm> arms, EvaluationStore store)
    {
        ArgumentNullException.ThrowIfNull(prompt);
        ArgumentNullException.ThrowIfNull(set);
        ArgumentNullException.ThrowIfNull(arms);
        ArgumentNullException.ThrowIfNull(store);
        if (arms.Count == 0 || arms.DistinctBy(static arm => arm.Name).Count() < arms.Count || arms.Any(arm => arm.Prompt != prompt))
        {
            throw new ArgumentException("An evaluation needs at least one arm, each of the same prompt and with a name of its own.", nameof(arms));
        }

        EvaluationSet.ThrowIfAny(prompt.Check(set));
        (_prompt, _set, _arms, _store) = (prompt, set, arms, store);
    }

    /// <summary>What a run can cost. Nothing is asked.</summary>
    /// <param name="options">How it will run.</param>
    /// <param name="cancellationToken">Cancels the forecast.</param>
    /// <returns>The forecast of each arm.</returns>
    /// <exception cref="RecordedDataException">Items do not suit the metric; the message has a line for each fault.</exception>
    public async Task<IReadOnlyList<EvaluationForecast>> ForecastAsync(EvaluationRunOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ThrowUnlessSuited(options.Metric);
        var forecasts = new List<EvaluationForecast>();
        foreach (var arm in _arms)
        {
            var plan = Plan(arm, options);
            forecasts.Add(new(
                arm.Name,
                plan.Calls,
                plan.Kept.Count,
                plan.Kept.Sum(static result => result.Cost.Usd + result.MetricCost.Usd),
                await plan.WorstCaseAsync(plan.Left, cancellationToken).ConfigureAwait(false)));
        }

        return forecasts;
    }

    /// <summary>Runs what earlier runs have not measured.</summary>
    /// <param name="options">How it runs.</param>
    /// <param name="cancellationToken">Ends the run: no further call starts, those under way are measured, and all is kept.</param>
    /// <returns>What all runs over these items have found.</returns>
    /// <exception cref="RecordedDataException">Items do not suit the metric; the message has a line for each fault.</exception>
    /// <exception cref="InvalidOperationException">There is a limit of the cost, and a model has no price, so that the limit cannot be kept; or answers are kept, so that there are no repeats; or <see cref="EvaluationRunOptions.Stopping"/> compares two arms, and there are more or fewer.</exception>
    /// <exception cref="PromptException">With <see cref="PromptErrorCode.OutcomeUnknown"/>: <see cref="EvaluationRunOptions.Unknown"/> ends the run.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public async Task<EvaluationRun> RunAsync(EvaluationRunOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ThrowUnlessSuited(options.Metric);
        ThrowUnlessPossible(options);
        var order = new LookOrder(_set, options.Stopping?.Looks ?? 1);
        var plans = _arms.Select(arm => Plan(arm, options)).ToArray();
        var parts = Enumerable.Range(1, order.Looks).Select(look => plans.Select(plan => plan.PartOf(order.Before(look))).ToArray()).ToArray();
        var money = new RunMoney(options.MaxUsd, _store.Journal);
        foreach (var plan in plans)
        {
            await money.CountAsync(plan, cancellationToken).ConfigureAwait(false);
        }

        var pace = new RunPace(plans, options, money.SettledUsd);
        EvaluationLook? look;
        var looks = 0;
        do
        {
            foreach (var part in parts[looks].Where(static part => part.Calls.Count > 0))
            {
                await part.Arm.RunAsync(part.Calls, options, money, pace, cancellationToken).ConfigureAwait(false);
                await money.CountAsync(part.Arm, part.Calls, cancellationToken).ConfigureAwait(false);
            }

            looks++;
            look = options.Stopping?.LookAt(looks, ScoresOf(plans, order.Until(looks)));
        }
        while (looks < parts.Length && look is not { IsDecided: true });

        var spent = options.Metric is { IsMetered: false } ? money.Spent + PromptCost.Unknown : money.Spent;
        return ResultOf(plans, order.Until(looks), spent) with { Look = look is null ? null : WithSaved(look, [.. parts[looks..].SelectMany(static part => part)]) };
    }

    private EvaluationRun ResultOf(IReadOnlyList<ArmRun> plans, IReadOnlySet<string> asked, PromptCost spent)
    {
        EvaluationResult[] results = [.. plans.SelectMany(static plan => plan.Results).Where(result => asked.Contains(result.Item))];
        BrokenMeasurement[] broken = [.. plans.SelectMany(static plan => plan.Broken).Where(one => asked.Contains(one.Item))];
        return new(_prompt.Name, _prompt.Version, _set.Version, ScoresOf(plans, asked), results)
        {
            Asked = asked,
            Spent = spent,
            Broken = broken,
            NotMeasured = plans.Sum(plan => plan.CallsOf(asked)) - results.Length - broken.Length,
            Unknown = plans.Sum(static plan => plan.Unknown),
            Problem = plans.Select(static plan => plan.Problem).FirstOrDefault(static problem => problem is not null),
        };
    }

    private static EvaluationLook WithSaved(EvaluationLook look, IReadOnlyList<ArmPart> saved)
    {
        var prices = saved.Where(static part => part.Calls.Count > 0).Select(static part => part.Calls.Count * ArmScore.MeanCostOf(part.Arm.Results)).ToArray();
        return look with { SavedCalls = saved.Sum(static part => part.Calls.Count), SavedUsd = prices.All(static usd => usd is not null) ? prices.Sum() : null };
    }

    private ArmRun Plan(EvaluationArm arm, EvaluationRunOptions options) => new(_prompt, _set, arm, _store, options);

    private IReadOnlyList<ModelScore> ScoresOf(IEnumerable<ArmRun> plans, IReadOnlySet<string> asked) => [.. plans.Select(plan => ArmScore.Of(_set, plan, asked))];

    private void ThrowUnlessSuited(QualityMetric? metric) =>
        EvaluationSet.ThrowIfAny(metric is null ? [] : _set.Faults(metric.Check));

    private void ThrowUnlessPossible(EvaluationRunOptions options)
    {
        if (options.Repeats > 1 && _prompt.KeepsAnswers)
        {
            throw new InvalidOperationException($"{_prompt.Name} keeps its answers ([Cached]), so that repeats would be one answer. A parameter of type PromptOptions lets each call be asked.");
        }

        if (options.Stopping is { Compares: true } && _arms.Count != 2)
        {
            throw new InvalidOperationException($"A run that ends where two arms are distinguished needs two of them, and has {_arms.Count}.");
        }

        if (options.MaxUsd is not null)
        {
            ThrowWithoutPrices(options.Metric);
        }
    }

    private void ThrowWithoutPrices(QualityMetric? metric)
    {
        if (metric is { IsMetered: false })
        {
            throw new InvalidOperationException($"The limit of the cost cannot be kept: the client that {metric.Name} asks is no route of PromptGen, so that its cost is not known.");
        }

        if (((PromptDefinition[])[_prompt.Definition, .. metric?.Prompts ?? []]).SelectMany(EvaluatedPrompt.WithCalled).SelectMany(static prompt => prompt.Models)
            .FirstOrDefault(static model => model.InputPrice is null || model.OutputPrice is null) is { } model)
        {
            throw new InvalidOperationException($"The limit of the cost cannot be kept: {model} has no price in the catalog.");
        }
    }
}
