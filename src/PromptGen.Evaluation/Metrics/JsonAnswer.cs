using System.Text.Json;

namespace PromptGen.Evaluation;

/// <summary>Answers that are JSON: the object or array in what a model wrote, and how far two of them agree.</summary>
internal static class JsonAnswer
{
    /// <summary>The text of the answer's object: that of the member <c>answer</c> where it is one, else the first whole object; null where there is none.</summary>
    public static string? FindObject(string text) => Find(text, '{', '}', JsonValueKind.Object);

    /// <summary>The text of the answer's array: that of the member <c>answer</c> where it is one, else the first whole array; null where there is none.</summary>
    public static string? FindArray(string text) => Find(text, '[', ']', JsonValueKind.Array);

    /// <summary>The share of the expected object's members that the answer has with an equal value. Members that are not expected do not matter.</summary>
    public static double Members(string answer, string expected)
    {
        if (Parse(answer, JsonValueKind.Object) is not { } given || Parse(expected, JsonValueKind.Object) is not { } right)
        {
            return 0;
        }

        var members = right.EnumerateObject().ToArray();
        return members.Length == 0 ? 1 : members.Count(member => given.TryGetProperty(member.Name, out var value) && IsEqual(value, member.Value)) / (double)members.Length;
    }

    /// <summary>2·|A ∩ B| / (|A| + |B|) of the elements of two arrays as sets; 1 where both are empty.</summary>
    public static double F1(string answer, string expected)
    {
        if (Parse(answer, JsonValueKind.Array) is not { } given || Parse(expected, JsonValueKind.Array) is not { } right)
        {
            return 0;
        }

        var (first, second) = (Elements(given), Elements(right));
        return first.Count + second.Count == 0 ? 1 : 2.0 * first.Intersect(second, StringComparer.Ordinal).Count() / (first.Count + second.Count);
    }

    /// <summary>The share of the expected array's elements that a text contains. An expected text that is no array is the only element.</summary>
    public static double Contained(string text, string expected)
    {
        string[] elements = Parse(expected, JsonValueKind.Array) is { } array ? [.. Elements(array)] : [expected];
        return elements.Length == 0 ? 1 : elements.Count(element => text.Contains(element, StringComparison.OrdinalIgnoreCase)) / (double)elements.Length;
    }

    private static HashSet<string> Elements(JsonElement array) => array.EnumerateArray().Select(Plain).ToHashSet(StringComparer.Ordinal);

    private static bool IsEqual(JsonElement first, JsonElement second) => Plain(first) == Plain(second);

    private static string? Find(string text, char open, char close, JsonValueKind kind)
    {
        if (AnswerExtractor.Extract(text) is { } answer && Parse(answer, kind) is not null)
        {
            return answer;
        }

        return AnswerExtractor.FirstOf(text, open, close) is { } json && Parse(json, kind) is { } value
            ? value.ValueKind == JsonValueKind.Object && value.TryGetProperty("answer", out var inner) && inner.ValueKind == kind ? inner.GetRawText() : json
            : null;
    }

    private static JsonElement? Parse(string text, JsonValueKind kind)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.ValueKind == kind ? document.RootElement.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Texts are compared without upper case and white space around them.</summary>
    private static string Plain(JsonElement value) => PythonText.Of(value).Trim().ToLowerInvariant();
}
