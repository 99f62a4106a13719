using System.Text.Json;
using System.Text.RegularExpressions;

namespace PromptGen.Evaluation;

/// <summary>
/// Finds the answer in what a model wrote when it was asked for JSON with the member <c>answer</c>, by the rules of ZeroEval, so that scores are comparable with published ones
/// (<c>extract_first_complete_json</c>, <c>extract_values_from_json</c> and <c>model_specific_extraction</c> of WildEval/ZeroEval, Apache-2.0). It asks for less than a contract: for one member, wherever it is.
/// </summary>
public static partial class AnswerExtractor
{
    /// <summary>The longest text that is taken for the answer itself, in characters.</summary>
    private const int LongestBareAnswer = 60;

    /// <summary>
    /// The answer: the member <c>answer</c> of the first whole object; else what follows the word <c>answer</c>; else what is in <c>\boxed{}</c>; else the text itself where it is one short line.
    /// A value that is not a string is written as Python writes it, as in the published scores.
    /// </summary>
    /// <param name="text">What the model wrote.</param>
    /// <returns>The answer; null where there is none.</returns>
    public static string? Extract(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return OfObject(text) ?? OfWord(text) ?? Bare(text);
    }

    private static string? OfObject(string text)
    {
        if (FirstOf(text, '{', '}') is not { } json)
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(json.Replace("\n", "", StringComparison.Ordinal));
            return document.RootElement.TryGetProperty("answer", out var answer) && answer.ValueKind != JsonValueKind.Null ? PythonText.Of(answer) : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null; // Broken JSON, or half of a surrogate pair: the word may still be found.
        }
    }

    /// <summary>The first whole object or array of a text. Braces within strings count too, as in ZeroEval.</summary>
    internal static string? FirstOf(string text, char open, char close)
    {
        var depth = 0;
        var start = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == open && depth++ == 0)
            {
                start = i;
            }
            else if (text[i] == close && depth > 0 && --depth == 0)
            {
                return text[start..(i + 1)];
            }
        }

        return null;
    }

    private static string? OfWord(string text)
    {
        foreach (var pattern in (Regex[])[Quoted(), Lines(), Unquoted(), Word(), Boxed()])
        {
            if (pattern.Match(text) is { Success: true } match)
            {
                return match.Groups[1].Value;
            }
        }

        return null;
    }

    private static string? Bare(string text) => text.Trim() is { Length: > 0 and <= LongestBareAnswer } line && !line.Contains('\n', StringComparison.Ordinal) ? line : null;

    [GeneratedRegex("\"answer\"\\s*:\\s*\"([^\"]*?)\"")]
    private static partial Regex Quoted();

    [GeneratedRegex("\"answer\"\\s*:\\s*\"(.*?)\"", RegexOptions.Singleline)]
    private static partial Regex Lines();

    [GeneratedRegex("\"answer\"\\s*:\\s*([^,\\s]*)")]
    private static partial Regex Unquoted();

    [GeneratedRegex("answer\\s*:\\s*([^,\\s]*)")]
    private static partial Regex Word();

    [GeneratedRegex(@"\\boxed{(\w+)}")]
    private static partial Regex Boxed();
}
