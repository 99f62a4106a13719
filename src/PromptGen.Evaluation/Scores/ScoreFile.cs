using System.Text.Json;

namespace PromptGen.Evaluation;

/// <summary>
/// Reads scores from a file: what <c>promptgen score --json</c> writes (<c>.json</c>), or one object per line (<c>.jsonl</c>, <c>.jsonl.gz</c>) with <c>id</c>, <c>score</c> (0 to 1) or <c>passed</c>, and
/// optionally <c>model</c>, <c>category</c>, <c>cluster</c>.
/// </summary>
public static class ScoreFile
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web);

    /// <summary>Reads the scores of each model.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The scores by model; under the file's name where it names no model.</returns>
    /// <exception cref="RecordedDataException">The file cannot be read, or has no scores, or two for one item.</exception>
    public static IReadOnlyDictionary<string, IReadOnlyList<ScoredItem>> Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var scores = new SortedDictionary<string, List<ScoredItem>>(StringComparer.Ordinal);
        var known = new HashSet<(string, string)>();
        var name = Path.GetFileName(path).Split('.')[0];
        foreach (var (model, item) in path.EndsWith(".json", StringComparison.OrdinalIgnoreCase) ? OfDocument(path, name) : OfLines(path, name))
        {
            if (!known.Add((model, item.Id)))
            {
                throw new RecordedDataException($"'{path}' has a second score of '{model}' for '{item.Id}'.");
            }

            if (!scores.TryGetValue(model, out var items))
            {
                scores.Add(model, items = []);
            }

            items.Add(item);
        }

        return scores.Count > 0 ? scores.ToDictionary(static pair => pair.Key, IReadOnlyList<ScoredItem> (pair) => pair.Value, StringComparer.Ordinal) : throw new RecordedDataException($"'{path}' has no scores.");
    }

    private static IEnumerable<(string Model, ScoredItem Item)> OfLines(string path, string name)
    {
        foreach (var line in JsonLine.Read(path))
        {
            yield return (line.Scalar("model") ?? name, new(line.Id(), ScoreOf(line), line.Scalar("category"), line.Scalar("cluster")));
        }
    }

    private static double ScoreOf(JsonLine line)
    {
        var score = line.Number("score") ?? (line.Value.TryGetProperty("passed", out var passed) ? passed.ValueKind switch
        {
            JsonValueKind.True => 1,
            JsonValueKind.False => 0,
            _ => null,
        } : (double?)null);
        return score is >= 0 and <= 1 ? score.Value : throw line.Error("needs a 'score' from 0 to 1, or 'passed' as true or false");
    }

    private static IEnumerable<(string Model, ScoredItem Item)> OfDocument(string path, string name)
    {
        string text;
        using (var reader = JsonLine.Open(path))
        {
            text = reader.ReadToEnd();
        }

        ScoreDocument document;
        try
        {
            document = JsonSerializer.Deserialize<ScoreDocument>(text, s_json) ?? new(null, null, null);
        }
        catch (JsonException exception)
        {
            throw new RecordedDataException($"'{path}' is not what promptgen score --json writes (line {exception.LineNumber + 1}).", exception);
        }

        return
            from model in document.Models ?? []
            where model is not null
            from score in model.Scores ?? []
            select score.Value is >= 0 and <= 1
                ? (model.Model ?? name, new ScoredItem(score.Key, score.Value, document.Categories?.GetValueOrDefault(score.Key), document.Clusters?.GetValueOrDefault(score.Key)))
                : throw new RecordedDataException($"'{path}' has a score of '{model.Model}' for '{score.Key}' that is not within 0 and 1.");
    }

    private sealed record ScoreDocument(IReadOnlyList<ScoredModel>? Models, Dictionary<string, string>? Categories, Dictionary<string, string>? Clusters);

    private sealed record ScoredModel(string? Model, Dictionary<string, double>? Scores);
}
