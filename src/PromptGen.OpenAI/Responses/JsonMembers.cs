using System.Text.Json;

namespace PromptGen.OpenAI.Responses;

/// <summary>
/// Reads members that may be missing or of another kind than documented: compatible servers take liberties. Their names are UTF-8, as the document has them.
/// </summary>
internal static class JsonMembers
{
    public static JsonElement? Member(this JsonElement owner, ReadOnlySpan<byte> name) =>
        owner.ValueKind == JsonValueKind.Object && owner.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    /// <summary>A text that is not empty.</summary>
    public static string? Text(this JsonElement owner, ReadOnlySpan<byte> name) =>
        owner.Member(name) is { ValueKind: JsonValueKind.String } value && value.GetString() is { Length: > 0 } text ? text : null;

    /// <summary>A text, or a number written as text: some servers give error codes as numbers.</summary>
    public static string? TextOrNumber(this JsonElement owner, ReadOnlySpan<byte> name) =>
        owner.Member(name) is { ValueKind: JsonValueKind.Number } number ? number.GetRawText() : owner.Text(name);
}
