using System.Text.Json;

namespace PromptGen.Evaluation;

/// <summary>
/// Reads scores from a file: what <c>promptgen score --json</c> writes (<c>.json</c>), or one object per line (<c>.jsonl</c>, <c>.jsonl.gz</c>) with <c>id</c>, <c>score</c> (0 to 1) or <c>passed</c>, and
/// optionally <c>model</c>, <c>category</c>, <c>cluster</c>, <c>weight</c>, and <c>repeat</c>: the mean of an item's repeats is its score.
/// </summary>
public static class ScoreFile
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web);

    /// <summary>Whether a file has scores by its name: <c>.json</c>, <c>.jsonl</c> or <c>.jsonl.gz</c>.</summary>
    /// <param name="path">The file.</param>
    /// <returns>False for folders, tables and what is not there.</returns>
    public static bool Is(string path) => File.Exists(path) && (DataFile.Is(path, ".json") || DataFile.Is(path, ".jsonl"));

    /// <summary>Reads the scores of each model.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The scores, in the order of the file; under the file's name where it names no model.</returns>
    /// <exception cref="RecordedDataException">The file cannot be read, or has no scores, or two for one item.</exception>
    public static IReadOnlyList<ModelScore> Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var name = Path.GetFileName(path).Split('.')[0];
        ModelScore[] scores = [.. DataFile.Is(path, ".json") ? OfDocument(path, name) : OfLines(path, name)];
        foreach (var score in scores)
        {
            if (score.Items.GroupBy(static item => item.Id, StringComparer.Ordinal).FirstOrDefault(static items => items.Skip(1).Any()) is { } doubled)
            {
                throw new RecordedDataException($"'{path}' has a second score of '{score.Model}' for '{doubled.Key}'.");
            }
        }

        return scores switch
        {
            [] => throw new RecordedDataException($"'{path}' has no scores."),
            _ when scores.DistinctBy(static score => score.Model).Count() < scores.Length => throw new RecordedDataException($"'{path}' has a model twice."),
            _ => scores,
        };
    }

    private static IEnumerable<ModelScore> OfLines(string path, string name) =>
        from line in JsonLine.Read(path)
        group line by line.Scalar("model") ?? name into model
        select Of(model.Key, [.. model.GroupBy(static line => line.Id(), StringComparer.Ordinal).SelectMany(ItemsOf)]);

    /// <summary>The score of an item; of its repeats, their mean.</summary>
    private static IEnumerable<ScoredItem> ItemsOf(IGrouping<string, JsonLine> lines)
    {
        ScoredItem[] items =
        [
            .. lines.Select(static line => new ScoredItem(line.Id(), ScoreOf(line), line.Scalar("category"), line.Scalar("cluster")) { Weight = WeightOf(line, line.Number("weight") ?? 1) }),
        ];
        var repeats = lines.Select(static line => line.Scalar("repeat")).OfType<string>().Distinct(StringComparer.Ordinal).Count();
        return items.Length > 1 && repeats == items.Length
            ? [ScoredItem.OfAttempts(items[0].Id, [.. items.Select(static item => item.Score)], items[0].Category, items[0].Cluster) with { Weight = items[0].Weight }]
            : items;
    }

    private static ModelScore Of(string model, IReadOnlyList<ScoredItem> items) => new(model, items, ScoreSummary.Of(items));

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

    private static double WeightOf(JsonLine line, double weight) => weight > 0 ? weight : throw line.Error("has a weight that is not more than 0");

    private static IEnumerable<ModelScore> OfDocument(string path, string name)
    {
        string text;
        using (var reader = JsonLine.Open(path))
        {
            text = reader.ReadToEnd();
        }

        ScoreDocument document;
        try
        {
            document = JsonSerializer.Deserialize<ScoreDocument>(text, s_json) ?? new(null, null, null, null);
        }
        catch (JsonException exception)
        {
            throw new RecordedDataException($"'{path}' is not what promptgen score --json writes (line {exception.LineNumber + 1}).", exception);
        }

        return (document.Models ?? []).Where(static model => model?.Scores is { Count: > 0 }).Select(model => Of(model.Model ?? name, [.. Items(model)]) with
        {
            WithoutAnswer = model.WithoutAnswer,
            Missing = model.Missing,
            Unknown = model.Unknown,
            Broken = model.Broken,
            CostUsd = model.CostUsd,
            IsCostEstimated = model.CostEstimated,
            P95Seconds = model.P95Seconds,
            IsRoute = model.Route,
        });

        IEnumerable<ScoredItem> Items(ScoredModel model) => model.Scores!.Select(score => score.Value is >= 0 and <= 1
            ? Attempted(new(score.Key, score.Value, document.Categories?.GetValueOrDefault(score.Key), document.Clusters?.GetValueOrDefault(score.Key)) { Weight = document.Weights?.GetValueOrDefault(score.Key) is > 0 and var weight ? weight : 1 }, model)
            : throw new RecordedDataException($"'{path}' has a score of '{model.Model}' for '{score.Key}' that is not within 0 and 1."));
    }

    private static ScoredItem Attempted(ScoredItem item, ScoredModel model) => model.Attempts?.GetValueOrDefault(item.Id) is { Of: >= 1 } attempts && attempts.Passed is not < 0 && !(attempts.Passed > attempts.Of)
        ? item with { Attempts = attempts.Of, Passes = attempts.Passed }
        : item;

    private sealed record ScoreDocument(IReadOnlyList<ScoredModel>? Models, Dictionary<string, string>? Categories, Dictionary<string, string>? Clusters, Dictionary<string, double>? Weights);

    private sealed record ScoredModel(string? Model, Dictionary<string, double>? Scores, int WithoutAnswer, int Missing, int Unknown, int Broken, decimal? CostUsd, bool CostEstimated, double? P95Seconds, bool Route, Dictionary<string, ItemAttempts>? Attempts);

    private sealed record ItemAttempts(int Of, int? Passed);
}
