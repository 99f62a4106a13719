using System.Globalization;
using CsvHelper;

namespace PromptGen.Evaluation;

/// <summary>
/// Recorded answers in a table: the columns <c>id</c>, <c>answer</c> or <c>output</c>, <c>ref_answer</c> or <c>expected</c>, and optionally <c>model</c>, <c>query</c> or <c>prompt</c>, <c>category</c> or
/// <c>dataset</c>, <c>cluster</c>, <c>cost</c> (USD), <c>latency</c> (seconds).
/// </summary>
internal sealed class RecordedTable : RecordedAnswers
{
    private readonly SortedDictionary<string, List<RecordedAnswer>> _answers = new(StringComparer.Ordinal);
    private readonly List<RecordedQuestion> _questions = [];

    private RecordedTable()
    {
    }

    public override IReadOnlyList<RecordedQuestion> Questions => _questions;

    public override IReadOnlyList<string> Models => [.. _answers.Keys];

    /// <summary>Whether a file is a table by its name.</summary>
    public static bool IsTable(string path) => DataFile.Is(path, ".csv");

    public static RecordedTable Read(string path)
    {
        var table = new RecordedTable();
        try
        {
            using var reader = JsonLine.Open(path);
            using var csv = new CsvTable(reader, isStrict: true);
            table.Read(csv, path);
        }
        catch (Exception exception) when (exception is CsvHelperException or IOException or InvalidDataException)
        {
            throw new RecordedDataException($"'{path}' cannot be read: {exception.Message.Split('\n')[0].TrimEnd()}", exception);
        }

        return table._questions.Count > 0 ? table : throw new RecordedDataException($"'{path}' has no answers.");
    }

    public override IEnumerable<RecordedAnswer> Answers(string model) => _answers.TryGetValue(model, out var answers) ? answers : throw NoSuchModel(model);

    private void Read(CsvTable csv, string path)
    {
        if (csv.Columns.Count == 0)
        {
            return;
        }

        var (id, answer, expected) = (Column("id"), Column("answer", "output"), Column("ref_answer", "expected"));
        var (prompt, category) = (Optional("query", "prompt"), Optional("category", "dataset"));
        var byId = new Dictionary<string, RecordedQuestion>(StringComparer.Ordinal);
        var known = new HashSet<(string, string)>();
        while (csv.Read())
        {
            var question = new RecordedQuestion(Cell(id) ?? throw Error("has no id"), Cell(expected) ?? "", Cell(prompt) ?? "", Cell(category), Cell("cluster"));
            var model = Cell("model") ?? Path.GetFileNameWithoutExtension(path);
            if (byId.TryAdd(question.Id, question))
            {
                _questions.Add(question);
            }
            else if (byId[question.Id].Expected != question.Expected)
            {
                throw Error($"expects another answer to '{question.Id}' than a line before");
            }

            if (!known.Add((model, question.Id)))
            {
                throw Error($"has a second answer of '{model}' to '{question.Id}'");
            }

            if (!_answers.TryGetValue(model, out var answers))
            {
                _answers.Add(model, answers = []);
            }

            answers.Add(new(question.Id, Cell(answer) ?? "", (decimal?)Number("cost"), Number("latency")));
        }

        string Column(params string[] names) => Optional(names) ?? throw new RecordedDataException($"'{path}' has no column {string.Join(" or ", names)}.");
        string? Optional(params string[] names) => names.FirstOrDefault(csv.Columns.Contains);
        string? Cell(string? column) => column is not null && csv[column] is { Length: > 0 } cell ? cell : null;
        double? Number(string column) => double.TryParse(Cell(column), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && Math.Abs(number) < 1e15 ? number : null;
        RecordedDataException Error(string problem) => new($"'{path}', line {csv.Line} {problem}.");
    }
}
