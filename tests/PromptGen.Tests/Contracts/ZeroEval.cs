using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace PromptGen.Tests.Contracts;

/// <summary>
/// The recorded answers of ZeroEval, what its own extractor finds in them, and which answers are right. Format of the data: <c>shared/data/README.md</c>. The
/// extractor is written after the description of ZeroEval's <c>extract_last_complete_json</c> and <c>extract_values_from_json</c> (WildEval/ZeroEval, Apache-2.0).
/// </summary>
internal static partial class ZeroEval
{
    /// <summary>The models, with the share of answers in percent in which the extractor found nothing, as published.</summary>
    public static Dictionary<string, double> Published(string task) =>
        File.ReadLines(SharedData.Find($"zeroeval/{task}/format.csv")).Skip(1).Select(static line => line.Split(','))
            .ToDictionary(static cells => cells[0], static cells => double.Parse(cells[8], CultureInfo.InvariantCulture));

    /// <summary>The right answers by question.</summary>
    public static Dictionary<string, string> Solutions(string task)
    {
        var solutions = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in File.ReadLines(SharedData.Find($"zeroeval/{task}/questions.jsonl")))
        {
            using var document = JsonDocument.Parse(line);
            solutions.Add(document.RootElement.GetProperty("id").ToString(), document.RootElement.GetProperty("answer").ToString());
        }

        return solutions;
    }

    /// <summary>What a model answered, by question.</summary>
    public static IEnumerable<(string Id, string Text)> Answers(string task, string model)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(SharedData.Find($"zeroeval/{task}/outputs/{model}.jsonl.gz")), CompressionMode.Decompress));
        while (reader.ReadLine() is { } line)
        {
            using var document = JsonDocument.Parse(line);
            var output = document.RootElement.GetProperty("output");
            yield return (document.RootElement.GetProperty("id").ToString(), (output.ValueKind == JsonValueKind.Array ? output[0] : output).GetString()!);
        }
    }

    /// <summary>The answer that the extractor finds; null where it finds none. It takes the last object, or else the first thing behind the word.</summary>
    public static string? Extract(string text)
    {
        if (LastObject(text) is { } json)
        {
            try
            {
                using var document = JsonDocument.Parse(json.Replace("\n", "", StringComparison.Ordinal));
                if (document.RootElement.TryGetProperty("answer", out var answer))
                {
                    return answer.ToString();
                }
            }
            catch (Exception exception) when (exception is JsonException or InvalidOperationException)
            {
                // Then by the word alone.
            }
        }

        foreach (var pattern in (Regex[])[Quoted(), Lines(), Bare(), Word()])
        {
            if (pattern.Match(text) is { Success: true } match)
            {
                return match.Groups[1].Value;
            }
        }

        return null;
    }

    /// <summary>Whether an answer is right: the number of gsm, the text of crux without white space and quotation marks.</summary>
    public static bool IsRight(string task, string? answer, string solution) =>
        answer is not null && (task == "gsm" ? Number(answer) is { } number && number == Number(solution) : Plain(answer) == Plain(solution));

    private static string? LastObject(string text)
    {
        string? last = null;
        var depth = 0;
        var start = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '{' && depth++ == 0)
            {
                start = i;
            }
            else if (text[i] == '}' && depth > 0 && --depth == 0)
            {
                last = text[start..(i + 1)];
            }
        }

        return last;
    }

    private static double? Number(string text) =>
        double.TryParse(string.Concat(text.Where(static c => char.IsAsciiDigit(c) || c is '.' or '-')).TrimEnd('.'), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string Plain(string text) => string.Concat(text.Trim().Trim('"', '\'').Where(static c => !char.IsWhiteSpace(c) && c is not ('"' or '\'')));

    [GeneratedRegex("\"answer\"\\s*:\\s*\"([^\"]*?)\"")]
    private static partial Regex Quoted();

    [GeneratedRegex("\"answer\"\\s*:\\s*\"(.*?)\"", RegexOptions.Singleline)]
    private static partial Regex Lines();

    [GeneratedRegex("\"answer\"\\s*:\\s*([^,\\s]*)")]
    private static partial Regex Bare();

    [GeneratedRegex("answer\\s*:\\s*([^,\\s]*)")]
    private static partial Regex Word();
}
