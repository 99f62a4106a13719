using PromptGen.Evaluation;

namespace PromptGen.Cli.Scores;

/// <summary>What <c>promptgen score --json</c> writes; <see cref="ScoreFile"/> reads it.</summary>
/// <param name="Metric">The metric.</param>
/// <param name="Questions">How many questions there are.</param>
/// <param name="Models">The models in ordinal order, or as they were asked for.</param>
/// <param name="Categories">The category of each question that has one; null = none has.</param>
/// <param name="Clusters">The cluster of each question that has one; null = none has.</param>
internal sealed record ScoreReport(string Metric, int Questions, IReadOnlyList<ScoredModel> Models, IReadOnlyDictionary<string, string>? Categories, IReadOnlyDictionary<string, string>? Clusters)
{
    public static ScoreReport Of(RecordedAnswers answers, AnswerMetric metric, IEnumerable<ModelScore> scores) => new(
        metric.Name,
        answers.Questions.Count,
        [.. scores.Select(ScoredModel.Of)],
        Map(answers.Questions, static question => question.Id, static question => question.Category),
        Map(answers.Questions, static question => question.Id, static question => question.Cluster));

    /// <summary>The values of those items that have one, by their ids; null where none has.</summary>
    public static IReadOnlyDictionary<string, string>? Map<T>(IEnumerable<T> items, Func<T, string> id, Func<T, string?> value)
    {
        var map = items.Where(item => value(item) is not null).ToDictionary(id, item => value(item)!, StringComparer.Ordinal);
        return map.Count > 0 ? map : null;
    }
}

/// <summary>The score of a model.</summary>
/// <param name="Model">The model.</param>
/// <param name="Answers">How many of its outputs were scored.</param>
/// <param name="Accuracy">Their mean score: 0 to 1; null where there are none.</param>
/// <param name="AccuracyPercent">The same in percent.</param>
/// <param name="Lower">The lower bound of the accuracy's 95 % interval: 0 to 1.</param>
/// <param name="Upper">Its upper bound.</param>
/// <param name="WithoutAnswer">Outputs in which no answer was found; each scores 0.</param>
/// <param name="Missing">Questions without an output; they do not count.</param>
/// <param name="Unknown">Outputs without a question; they are left out.</param>
/// <param name="Broken">Answers that the metric could not measure; they do not count.</param>
/// <param name="CostUsd">The mean cost of an answer in USD; null = unknown.</param>
/// <param name="CostEstimated">Whether the cost was estimated from the length of the answers.</param>
/// <param name="P95Seconds">The latency in seconds that 95 % of the answers keep; null = unknown.</param>
/// <param name="Route">Whether the answers are those of a route.</param>
/// <param name="Scores">The score of each item.</param>
/// <param name="Attempts">Of items that were asked several times, how many of so many answers passed; null where each was asked once.</param>
/// <param name="PassAt">What several attempts achieve; null = that was not asked for.</param>
internal sealed record ScoredModel(
    string Model,
    int Answers,
    double? Accuracy,
    double? AccuracyPercent,
    double? Lower,
    double? Upper,
    int WithoutAnswer,
    int Missing,
    int Unknown,
    int Broken,
    decimal? CostUsd,
    bool CostEstimated,
    double? P95Seconds,
    bool Route,
    IReadOnlyDictionary<string, double> Scores,
    IReadOnlyDictionary<string, ItemAttempts>? Attempts,
    IReadOnlyList<object>? PassAt)
{
    public static ScoredModel Of(ModelScore score) => Of(score, []);

    /// <param name="score">The score.</param>
    /// <param name="passAt">The numbers of attempts that <see cref="PassAt"/> is stated for.</param>
    public static ScoredModel Of(ModelScore score, IReadOnlyList<int> passAt)
    {
        var mean = score.Items.Count > 0 ? score.Summary.Mean : (double?)null;
        return new(
            score.Model,
            score.Items.Count,
            mean,
            mean * 100,
            score.Summary.Interval?.Lower,
            score.Summary.Interval?.Upper,
            score.WithoutAnswer,
            score.Missing,
            score.Unknown,
            score.Broken,
            score.CostUsd,
            score.IsCostEstimated,
            score.P95Seconds,
            score.IsRoute,
            score.Items.ToDictionary(static item => item.Id, static item => item.Score, StringComparer.Ordinal),
            score.Items.All(static item => item.Attempts == 1) ? null : score.Items.ToDictionary(static item => item.Id, static item => new ItemAttempts(item.Attempts, item.Passes), StringComparer.Ordinal),
            PassAtOption.Json([.. passAt.Select(k => Evaluation.PassAt.Of(score.Items, k)).OfType<PassAt>()]));
    }
}

/// <summary>The answers to an item that was asked several times.</summary>
/// <param name="Of">How many there are.</param>
/// <param name="Passed">How many of them passed; null where one neither passes nor fails.</param>
internal sealed record ItemAttempts(int Of, int? Passed);
