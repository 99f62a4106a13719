using PromptGen.Evaluation;

namespace PromptGen.Benchmarks.Replay;

/// <summary>Recorded answers of the models that are replayed.</summary>
/// <param name="Questions">The questions in order.</param>
/// <param name="Outputs">What each model answered, by the id of the question.</param>
internal sealed record ReplayData(IReadOnlyList<RecordedQuestion> Questions, IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Outputs)
{
    /// <summary>Reads the answers of some models, see <see cref="RecordedAnswers"/>.</summary>
    /// <exception cref="RecordedDataException">A file does not hold what it should; the message names file and line.</exception>
    /// <exception cref="ArgumentException">A model has no output, or none to any of the questions.</exception>
    public static ReplayData Read(string folder, IEnumerable<string> models)
    {
        var answers = RecordedAnswers.Open(folder);
        var data = new ReplayData(
            answers.Questions,
            models.ToDictionary(static model => model, IReadOnlyDictionary<string, string> (model) => answers.Answers(model).ToDictionary(static answer => answer.Id, static answer => answer.Text)));
        return data.Outputs.Keys.FirstOrDefault(model => data.Missing(model) == data.Questions.Count) is { } none
            ? throw new ArgumentException($"'{none}' has an output for none of the questions, which have ids such as '{data.Questions[0].Id}'.")
            : data;
    }

    /// <summary>How many questions a model has no output for.</summary>
    public int Missing(string model) => Questions.Count(question => !Outputs[model].ContainsKey(question.Id));
}
