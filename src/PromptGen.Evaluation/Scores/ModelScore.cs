namespace PromptGen.Evaluation;

/// <summary>How right the answers of one model are, and what they cost.</summary>
/// <param name="Model">The model.</param>
/// <param name="Items">The score of each answer, in the order of the questions.</param>
/// <param name="Summary">Their mean with its interval, not a number where there are none. Questions without an answer do not count, as in published scores; see <paramref name="Missing"/>.</param>
/// <param name="WithoutAnswer">Outputs in which the metric found no answer; each scores 0.</param>
/// <param name="Missing">Questions that the model has no output for.</param>
/// <param name="Unknown">Outputs whose question is not known; they are left out.</param>
public sealed record ModelScore(string Model, IReadOnlyList<ScoredItem> Items, ScoreSummary Summary, int WithoutAnswer = 0, int Missing = 0, int Unknown = 0)
{
    /// <summary>The mean cost of an answer in USD; null, the default, unless the cost of every one is known.</summary>
    public decimal? CostUsd { get; init; }

    /// <summary>Whether the cost of an answer was estimated from its length. Default: false.</summary>
    public bool IsCostEstimated { get; init; }

    /// <summary>The latency in seconds that 95 % of the answers keep; null, the default, unless that of every one is known.</summary>
    public double? P95Seconds { get; init; }

    /// <summary>Whether the answers are those of a route, which may ask several models. Default: false.</summary>
    public bool IsRoute { get; init; }

    /// <summary>Answers that the metric could not measure: neither right nor wrong, and not in <see cref="Items"/>. Default: 0.</summary>
    public int Broken { get; init; }

    /// <summary>Why the first of the <see cref="Broken"/> answers could not be measured; null, the default: none is.</summary>
    public string? Problem { get; init; }

    /// <summary>The mean if every broken measurement were a 0. Default: the mean.</summary>
    public double LowestMean { get; init; } = Summary.Mean;

    /// <summary>The mean if every broken measurement were a 1. Default: the mean.</summary>
    public double HighestMean { get; init; } = Summary.Mean;

    /// <summary>Scores the answers of a model.</summary>
    /// <param name="answers">The recorded answers.</param>
    /// <param name="model">One of its models.</param>
    /// <param name="metric">What is right.</param>
    /// <param name="price">What the cost of answers is estimated with that do not say what they cost; null = their cost is unknown.</param>
    /// <returns>The scores.</returns>
    /// <exception cref="ArgumentException">There is no such model.</exception>
    /// <exception cref="RecordedDataException">The data cannot be read.</exception>
    public static ModelScore Of(RecordedAnswers answers, string model, AnswerMetric metric, TokenPrice? price = null)
    {
        ArgumentNullException.ThrowIfNull(metric);
        var outputs = RecordedOutputs.Of(answers, model);
        return outputs.ScoreOf([.. outputs.Answers.Select(metric.Measure)], price);
    }

    /// <summary>Scores the answers of a model by a metric that may take time and cost money. Answers are measured one after another.</summary>
    /// <param name="answers">The recorded answers. The prompt of a question is the input <c>prompt</c> of its item.</param>
    /// <param name="model">One of its models.</param>
    /// <param name="metric">What is right.</param>
    /// <param name="price">What the cost of answers is estimated with that do not say what they cost; null = their cost is unknown.</param>
    /// <param name="cancellationToken">Ends the scoring.</param>
    /// <returns>The scores.</returns>
    /// <exception cref="ArgumentException">There is no such model.</exception>
    /// <exception cref="RecordedDataException">The data cannot be read, or do not suit the metric; the message has a line for each fault.</exception>
    /// <exception cref="PromptException">A limit of the call that surrounds this one ended the scoring.</exception>
    public static async Task<ModelScore> OfAsync(RecordedAnswers answers, string model, QualityMetric metric, TokenPrice? price = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(metric);
        var outputs = RecordedOutputs.Of(answers, model);
        EvaluationSet.ThrowIfAny([.. outputs.Answers.SelectMany(answer => metric.Check(answer.Item).Select(problem => $"'{answer.Item.Id}' {problem}."))]);
        var outcomes = new List<MetricOutcome>();
        foreach (var answer in outputs.Answers)
        {
            outcomes.Add(await metric.MeasureAsync(answer, cancellationToken).ConfigureAwait(false));
        }

        return outputs.ScoreOf(outcomes, price);
    }

    /// <summary>Whether the mean reaches a threshold, whatever the broken measurements would have been.</summary>
    /// <param name="least">The lowest mean that is good enough: 0 to 1.</param>
    /// <returns>Null where that depends on them, or nothing was scored.</returns>
    public bool? Reaches(double least) => Items.Count == 0 ? null : LowestMean >= least ? true : HighestMean < least ? false : null;
}
