using System.Text.Json;

namespace PromptGen.Evaluation;

/// <summary>Recorded answers in a folder, in the form of ZeroEval: <c>questions.jsonl</c> {id, answer, prompt or question} and a file {id, output} per model.</summary>
internal sealed class RecordedFolder : RecordedAnswers
{
    private static readonly string[] Extensions = [".jsonl", ".jsonl.gz"];

    private readonly SortedDictionary<string, string> _files;

    private RecordedFolder(IReadOnlyList<RecordedQuestion> questions, SortedDictionary<string, string> files) => (Questions, _files) = (questions, files);

    public override IReadOnlyList<RecordedQuestion> Questions { get; }

    public override IReadOnlyList<string> Models => [.. _files.Keys];

    public new static RecordedFolder Open(string folder) => new(ReadQuestions(folder), FindFiles(Path.Combine(folder, "outputs")));

    public override IEnumerable<RecordedAnswer> Answers(string model) => _files.TryGetValue(model, out var file) ? Read(file) : throw NoSuchModel(model);

    private static IEnumerable<RecordedAnswer> Read(string file)
    {
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var line in JsonLine.Read(file))
        {
            var id = line.Id();
            if (!known.Add(id))
            {
                throw line.Error($"has the id '{id}' a second time");
            }

            yield return new(id, Output(line), line.Number("cost") is { } cost ? (decimal)cost : null, line.Number("latency"));
        }
    }

    /// <summary>The text of an output: of several completions the first one.</summary>
    private static string Output(JsonLine line)
    {
        if (!line.Value.TryGetProperty("output", out var output))
        {
            throw line.Error("has no member 'output'");
        }

        if (output.ValueKind == JsonValueKind.Array)
        {
            output = output.EnumerateArray().FirstOrDefault();
        }

        return output.ValueKind switch
        {
            JsonValueKind.String => line.Text(output),
            JsonValueKind.Null or JsonValueKind.Undefined => "",
            _ => output.GetRawText(),
        };
    }

    private static List<RecordedQuestion> ReadQuestions(string folder)
    {
        var file = Path.Combine(folder, "questions.jsonl");
        if (!File.Exists(file))
        {
            throw new RecordedDataException($"The folder '{folder}' has no questions.jsonl.");
        }

        var questions = new List<RecordedQuestion>();
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var line in JsonLine.Read(file))
        {
            var question = new RecordedQuestion(
                line.Id(),
                line.Scalar("answer") ?? throw line.Error("has no answer"),
                line.Scalar("prompt") ?? line.Scalar("question") ?? "",
                line.Scalar("category"),
                line.Scalar("cluster"),
                line.Json("answer"));
            if (!known.Add(question.Id))
            {
                throw line.Error($"has the id '{question.Id}' a second time");
            }

            questions.Add(question);
        }

        return questions.Count > 0 ? questions : throw new RecordedDataException($"'{file}' has no questions.");
    }

    /// <summary>The file of each model. A model whose name has a slash is in a folder.</summary>
    private static SortedDictionary<string, string> FindFiles(string folder)
    {
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        if (Directory.Exists(folder))
        {
            foreach (var file in Directory.EnumerateFiles(folder, "*.jsonl*", SearchOption.AllDirectories))
            {
                if (Extensions.FirstOrDefault(end => file.EndsWith(end, StringComparison.Ordinal)) is { } extension
                    && !files.TryAdd(Path.GetRelativePath(folder, file)[..^extension.Length].Replace('\\', '/'), file))
                {
                    throw new RecordedDataException($"'{file}' is there both with and without .gz: remove one of the two.");
                }
            }
        }

        return files.Count > 0 ? files : throw new RecordedDataException($"There are no answers: '{folder}' has no file MODEL.jsonl or MODEL.jsonl.gz.");
    }
}
