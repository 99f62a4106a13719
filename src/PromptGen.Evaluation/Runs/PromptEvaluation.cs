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
    /// <exception cref="InvalidOperationException">There is a limit of the cost, and a model has no price, so that the limit cannot be kept; or answers are kept, so that there are no repeats.</exception>
    /// <exception cref="PromptException">With <see cref="PromptErrorCode.OutcomeUnknown"/>: <see cref="EvaluationRunOptions.Unknown"/> ends the run.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public async Task<EvaluationRun> RunAsync(EvaluationRunOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ThrowUnlessSuited(options.Metric);
        ThrowWithoutPrices(options);
        if (options.Repeats > 1 && _prompt.KeepsAnswers)
        {
            throw new InvalidOperationException($"{_prompt.Name} keeps its answers ([Cached]), so that repeats would be one answer. A parameter of type PromptOptions lets each call be asked.");
        }

        var plans = _arms.Select(arm => Plan(arm, options)).ToArray();
        var money = new RunMoney(options.MaxUsd, _store.Journal);
        foreach (var plan in plans)
        {
            await money.CountAsync(plan, cancellationToken).ConfigureAwait(false);
        }

        var pace = new RunPace(plans, options, money.SettledUsd);
        foreach (var plan in plans.Where(static plan => plan.Left.Count > 0))
        {
            await plan.RunAsync(options, money, pace, cancellationToken).ConfigureAwait(false);
            await money.CountAsync(plan, cancellationToken).ConfigureAwait(false);
        }

        return new(_prompt.Name, _prompt.Version, _set.Version, [.. plans.Select(plan => ScoreOf(plan))], [.. plans.SelectMany(static plan => plan.Results)])
        {
            Spent = options.Metric is { IsMetered: false } ? money.Spent + PromptCost.Unknown : money.Spent,
            Broken = [.. plans.SelectMany(static plan => plan.Broken)],
            NotMeasured = plans.Sum(static plan => plan.NotMeasured),
            Unknown = plans.Sum(static plan => plan.Unknown),
            Problem = plans.Select(static plan => plan.Problem).FirstOrDefault(static problem => problem is not null),
        };
    }

    private ArmRun Plan(EvaluationArm arm, EvaluationRunOptions options) => new(_prompt, _set, arm, _store, options);

    private ModelScore ScoreOf(ArmRun plan)
    {
        var byItem = plan.Results.ToLookup(static result => result.Item, StringComparer.Ordinal);
        var broken = plan.Broken.ToLookup(static one => one.Item, StringComparer.Ordinal);
        ScoredItem[] items = [.. _set.Items.Where(item => byItem.Contains(item.Id)).Select(item => ScoredOf(item, byItem[item.Id].Average(static result => result.Score)))];
        var costs = plan.Results.Select(static result => result.Cost).ToArray();
        double[] seconds = [.. plan.Results.Where(static result => result.Seconds is not null).Select(static result => result.Seconds!.Value)];
        return new(
            plan.Arm.Name,
            items,
            ScoreSummary.Of(items),
            plan.Results.Count(static result => result.Outcome != PromptErrorCode.None),
            _set.Items.Count(item => !byItem.Contains(item.Id) && !broken.Contains(item.Id)))
        {
            Broken = plan.Broken.Count,
            Problem = plan.Broken.Count > 0 ? plan.Broken[0].Problem : null,
            LowestMean = MeanIf(0),
            HighestMean = MeanIf(1),
            CostUsd = costs.Length > 0 && costs.All(static cost => cost.IsComplete) ? costs.Average(static cost => cost.Usd) : null,
            P95Seconds = seconds.Length > 0 ? MathNet.Numerics.Statistics.Statistics.Quantile(seconds, 0.95) : null,
            IsRoute = plan.Arm.ModelId is null,
        };

        static ScoredItem ScoredOf(EvaluationItem item, double score) => new(item.Id, score, item.Category ?? item.Difficulty, item.Cluster) { Weight = item.Weight };

        double MeanIf(double score) => ScoreSummary.Of([.. _set.Items.Where(item => byItem.Contains(item.Id) || broken.Contains(item.Id)).Select(item =>
            ScoredOf(item, byItem[item.Id].Select(static result => result.Score).Concat(broken[item.Id].Select(_ => score)).Average()))]).Mean;
    }

    private void ThrowUnlessSuited(QualityMetric? metric) =>
        EvaluationSet.ThrowIfAny(metric is null ? [] : [.. _set.Items.SelectMany(item => metric.Check(item).Select(problem => $"{item.Place} ('{item.Id}') {problem}."))]);

    private void ThrowWithoutPrices(EvaluationRunOptions options)
    {
        if (options.MaxUsd is null)
        {
            return;
        }

        if (options.Metric is { IsMetered: false } metric)
        {
            throw new InvalidOperationException($"The limit of the cost cannot be kept: the client that {metric.Name} asks is no route of PromptGen, so that its cost is not known.");
        }

        if (((PromptDefinition[])[_prompt.Definition, .. options.Metric?.Prompts ?? []]).SelectMany(EvaluatedPrompt.WithCalled).SelectMany(static prompt => prompt.Models)
            .FirstOrDefault(static model => model.InputPrice is null || model.OutputPrice is null) is { } model)
        {
            throw new InvalidOperationException($"The limit of the cost cannot be kept: {model} has no price in the catalog.");
        }
    }
}
