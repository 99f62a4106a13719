using System.Runtime.CompilerServices;
using System.Text.Json;
using MathNet.Numerics.Statistics;
using Microsoft.Extensions.AI;

namespace PromptGen.Evaluation;

/// <summary>The recorded outputs of a model whose questions are known, in the order of the questions, as answers that a metric measures.</summary>
internal sealed class RecordedOutputs
{
    /// <summary>The item of a question is made once for all models.</summary>
    private static readonly ConditionalWeakTable<RecordedQuestion, EvaluationItem> s_items = [];

    private readonly string _model;
    private readonly List<(RecordedQuestion Question, RecordedAnswer Output)> _known = [];
    private readonly int _missing;
    private readonly int _unknown;

    private RecordedOutputs(RecordedAnswers answers, string model)
    {
        _model = model;
        var outputs = answers.Answers(model).ToDictionary(static answer => answer.Id, StringComparer.Ordinal);
        foreach (var question in answers.Questions)
        {
            if (outputs.TryGetValue(question.Id, out var output))
            {
                _known.Add((question, output));
            }
        }

        (_missing, _unknown) = (answers.Questions.Count - _known.Count, outputs.Count - _known.Count);
    }

    /// <summary>The answers.</summary>
    public IEnumerable<MeasuredAnswer> Answers => _known.Select(static known => new MeasuredAnswer(s_items.GetValue(known.Question, ItemOf), known.Output.Text)
    {
        IsText = true,
        Messages = known.Question.Prompt.Length > 0 ? [new ChatMessage(ChatRole.User, known.Question.Prompt)] : [],
    });

    /// <exception cref="ArgumentException">There is no such model.</exception>
    /// <exception cref="RecordedDataException">The data cannot be read.</exception>
    public static RecordedOutputs Of(RecordedAnswers answers, string model)
    {
        ArgumentNullException.ThrowIfNull(answers);
        return new(answers, model);
    }

    /// <summary>The score of the model.</summary>
    /// <param name="outcomes">What the metric found about each of <see cref="Answers"/>.</param>
    /// <param name="price">Estimates costs that are not recorded; null = they are unknown.</param>
    public ModelScore ScoreOf(IReadOnlyList<MetricOutcome> outcomes, TokenPrice? price)
    {
        ScoredItem[] items =
        [
            .. _known.Zip(outcomes).Where(static pair => pair.Second.Score is not null)
                .Select(static pair => new ScoredItem(pair.First.Question.Id, pair.Second.Score!.Value, pair.First.Question.Category, pair.First.Question.Cluster)),
        ];
        decimal?[] costs = [.. _known.Select(known => known.Output.CostUsd ?? price?.Estimate(known.Question.Prompt, known.Output.Text))];
        var (sum, broken) = (items.Sum(static item => item.Score), outcomes.Count - items.Length);
        return new(_model, items, ScoreSummary.Of(items), outcomes.Count(static outcome => !outcome.HasAnswer), _missing, _unknown)
        {
            Broken = broken,
            Problem = outcomes.FirstOrDefault(static outcome => outcome.Problem is not null)?.Problem,
            LowestMean = sum / outcomes.Count,
            HighestMean = (sum + broken) / outcomes.Count,
            CostUsd = costs.Length > 0 && costs.All(static cost => cost is not null) ? costs.Average() : null,
            IsCostEstimated = price is not null && _known.Any(static known => known.Output.CostUsd is null),
            P95Seconds = _known.Count > 0 && _known.All(static known => known.Output.LatencySeconds is not null) ? _known.Select(static known => known.Output.LatencySeconds!.Value).Quantile(0.95) : null,
        };
    }

    private static EvaluationItem ItemOf(RecordedQuestion question)
    {
        using var expected = JsonDocument.Parse(question.ExpectedJson ?? JsonSerializer.Serialize(question.Expected));
        return new(question.Id, new Dictionary<string, JsonElement> { ["prompt"] = JsonSerializer.SerializeToElement(question.Prompt) }, expected.RootElement.Clone(), [])
        {
            Category = question.Category,
            Cluster = question.Cluster,
            ExpectedText = question.Expected,
        };
    }
}
