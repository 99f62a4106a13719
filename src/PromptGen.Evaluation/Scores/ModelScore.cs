namespace PromptGen.Evaluation;

/// <summary>How right the recorded answers of one model are.</summary>
/// <param name="Model">The model.</param>
/// <param name="Items">The score of each answer, in the order of the questions.</param>
/// <param name="Summary">Their mean with its interval, not a number where there are none. Questions without an answer do not count, as in published scores; see <paramref name="Missing"/>.</param>
/// <param name="WithoutAnswer">Outputs in which the metric found no answer; each scores 0.</param>
/// <param name="Missing">Questions that the model has no output for.</param>
/// <param name="Unknown">Outputs whose question is not known; they are left out.</param>
public sealed record ModelScore(string Model, IReadOnlyList<ScoredItem> Items, ScoreSummary Summary, int WithoutAnswer, int Missing, int Unknown)
{
    /// <summary>Scores the answers of a model.</summary>
    /// <param name="answers">The recorded answers.</param>
    /// <param name="model">One of its models.</param>
    /// <param name="metric">What is right.</param>
    /// <returns>The scores.</returns>
    /// <exception cref="ArgumentException">There is no such model.</exception>
    /// <exception cref="RecordedDataException">The data cannot be read.</exception>
    public static ModelScore Of(RecordedAnswers answers, string model, AnswerMetric metric)
    {
        ArgumentNullException.ThrowIfNull(answers);
        ArgumentNullException.ThrowIfNull(metric);
        var outputs = answers.Answers(model).ToDictionary(static answer => answer.Id, StringComparer.Ordinal);
        var items = new List<ScoredItem>(outputs.Count);
        var withoutAnswer = 0;
        foreach (var question in answers.Questions)
        {
            if (outputs.TryGetValue(question.Id, out var output))
            {
                var answer = metric.Find(output.Text);
                withoutAnswer += answer is null ? 1 : 0;
                items.Add(new(question.Id, metric.Score(answer, metric.ComparesJson ? question.ExpectedJson ?? question.Expected : question.Expected), question.Category, question.Cluster));
            }
        }

        return new(model, items, ScoreSummary.Of(items), withoutAnswer, answers.Questions.Count - items.Count, outputs.Count - items.Count);
    }
}
