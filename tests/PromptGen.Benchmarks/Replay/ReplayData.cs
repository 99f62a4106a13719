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
    /// <exception cref="IOException">A file is not there or cannot be read.</exception>
    /// <exception cref="ArgumentException">A file does not hold what it should; the message names file and line.</exception>
    public static ReplayData Read(string folder, IEnumerable<string> models)
    {
        var file = Path.Combine(folder, "questions.jsonl");
        var questions = Read(file, static line => new ReplayQuestion(Text(line, "id"), Text(line, line.TryGetProperty("prompt", out _) ? "prompt" : "question"), Text(line, "answer"))).ToArray();
        if (questions.Length == 0)
        {
            throw new ArgumentException($"{file} has no question.");
        }

        if (questions.CountBy(static question => question.Id).FirstOrDefault(static id => id.Value > 1) is { Key: { } twice })
        {
            throw new ArgumentException($"{file} has the id '{twice}' twice.");
        }

        return new(questions, models.ToDictionary(static model => model, IReadOnlyDictionary<string, string> (model) => Answers(folder, model, questions)));
    }

    /// <summary>How many questions a model has no output for.</summary>
    public int Missing(string model) => Questions.Count(question => !Outputs[model].ContainsKey(question.Id));

    private static Dictionary<string, string> Answers(string folder, string model, ReplayQuestion[] questions)
    {
        var plain = Path.Combine(folder, "outputs", model + ".jsonl");
        var file = File.Exists(plain) ? plain : plain + ".gz";
        var answers = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (id, output) in Read(file, static line => (Text(line, "id"), Text(line, "output"))))
        {
            answers[id] = output;
        }

        return answers.Count == 0 ? throw new ArgumentException($"{file} has no output.")
            : questions.Any(question => answers.ContainsKey(question.Id)) ? answers
            : throw new ArgumentException($"{file} has an output for none of the questions: the ids differ, for example '{questions[0].Id}' of a question and '{answers.Keys.First()}' of an output.");
    }

    private static IEnumerable<TItem> Read<TItem>(string file, Func<JsonElement, TItem> read)
    {
        using var stream = File.OpenRead(file);
        using var reader = new StreamReader(file.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(stream, CompressionMode.Decompress) : stream);
        for (var number = 1; Line(reader, file) is { } line; number++)
        {
            if (!string.IsNullOrWhiteSpace(line))
            {
                yield return Read(line, read, string.Create(CultureInfo.InvariantCulture, $"{file}, line {number}"));
            }
        }
    }

    private static string? Line(StreamReader reader, string file)
    {
        try
        {
            return reader.ReadLine();
        }
        catch (InvalidDataException exception)
        {
            throw new ArgumentException($"{file} is not compressed by gzip.", exception);
        }
    }

    private static TItem Read<TItem>(string line, Func<JsonElement, TItem> read, string place)
    {
        try
        {
            return read(JsonElement.Parse(line));
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new ArgumentException($"{place}: {exception.Message}", exception);
        }
    }

    private static string Text(JsonElement line, string name) =>
        line.ValueKind != JsonValueKind.Object || !line.TryGetProperty(name, out var value) ? throw new KeyNotFoundException($"it is no object with the member '{name}'.")
        : value.ValueKind == JsonValueKind.String ? value.GetString()!
        : Convert.ToString(value, CultureInfo.InvariantCulture)!;
}

/// <summary>A question with its right answer.</summary>
internal sealed record ReplayQuestion(string Id, string Prompt, string Answer);
