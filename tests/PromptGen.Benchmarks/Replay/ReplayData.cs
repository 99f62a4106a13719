using System.Globalization;
using System.IO.Compression;
using System.Text.Json;

namespace PromptGen.Benchmarks.Replay;

/// <summary>Recorded answers of several models to the same questions, as ZeroEval publishes them.</summary>
/// <param name="Questions">The questions in order.</param>
/// <param name="Outputs">What each model answered, by the id of the question.</param>
internal sealed record ReplayData(IReadOnlyList<ReplayQuestion> Questions, IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Outputs)
{
    /// <summary>Reads <c>questions.jsonl</c> (id, question or prompt, answer) and <c>outputs/MODEL.jsonl.gz</c> or <c>.jsonl</c> (id, output) of the models that are replayed.</summary>
    public static ReplayData Read(string folder, IEnumerable<string> models) => new(
        [.. Lines(Path.Combine(folder, "questions.jsonl")).Select(static line => new ReplayQuestion(
            Text(line, "id"),
            line.TryGetProperty("prompt", out _) ? Text(line, "prompt") : Text(line, "question"),
            Text(line, "answer")))],
        models.Distinct().ToDictionary(static model => model, IReadOnlyDictionary<string, string> (model) => Answers(folder, model)));

    private static Dictionary<string, string> Answers(string folder, string model)
    {
        var file = Path.Combine(folder, "outputs", model + ".jsonl");
        var answers = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in Lines(File.Exists(file) ? file : file + ".gz"))
        {
            answers[Text(line, "id")] = Text(line, "output");
        }

        return answers;
    }

    private static IEnumerable<JsonElement> Lines(string file)
    {
        using var stream = File.OpenRead(file);
        using var reader = new StreamReader(file.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(stream, CompressionMode.Decompress) : stream);
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0)
            {
                using var document = JsonDocument.Parse(line);
                yield return document.RootElement.Clone();
            }
        }
    }

    private static string Text(JsonElement line, string name) => line.GetProperty(name) is { ValueKind: JsonValueKind.String } text
        ? text.GetString()!
        : Convert.ToString(line.GetProperty(name), CultureInfo.InvariantCulture)!;
}

/// <summary>A question with its right answer.</summary>
internal sealed record ReplayQuestion(string Id, string Prompt, string Answer);
