using MathNet.Numerics.Statistics;

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
        ArgumentNullException.ThrowIfNull(answers);
        ArgumentNullException.ThrowIfNull(metric);
        var outputs = answers.Answers(model).ToDictionary(static answer => answer.Id, StringComparer.Ordinal);
        var items = new List<ScoredItem>(outputs.Count);
        var scored = new List<RecordedAnswer>(outputs.Count);
        var (withoutAnswer, isEstimated) = (0, false);
        foreach (var question in answers.Questions)
        {
            if (outputs.TryGetValue(question.Id, out var output))
            {
                var answer = metric.Find(output.Text);
                withoutAnswer += answer is null ? 1 : 0;
                items.Add(new(question.Id, metric.Score(answer, metric.ComparesJson ? question.ExpectedJson ?? question.Expected : question.Expected), question.Category, question.Cluster));
                isEstimated |= output.CostUsd is null && price is not null;
                scored.Add(output with { CostUsd = output.CostUsd ?? price?.Estimate(question.Prompt, output.Text) });
            }
        }

        return new(model, items, ScoreSummary.Of(items), withoutAnswer, answers.Questions.Count - items.Count, outputs.Count - items.Count)
        {
            CostUsd = scored.Count > 0 && scored.All(static answer => answer.CostUsd is not null) ? scored.Average(static answer => answer.CostUsd) : null,
            IsCostEstimated = isEstimated,
            P95Seconds = scored.Count > 0 && scored.All(static answer => answer.LatencySeconds is not null) ? scored.Select(static answer => answer.LatencySeconds!.Value).Quantile(0.95) : null,
        };
    }
}
