using System.Text.Json;

namespace PromptGen.Anthropic;

/// <summary>
/// Recognizes schemas that Anthropic accepts unchanged, as it does those of contracts. The adapter rewrites every schema, and removes patterns,
/// bounds of arrays and other constraints that Anthropic would have enforced.
/// </summary>
internal static class StructuredSchema
{
    private static readonly HashSet<string> Formats = new(StringComparer.Ordinal)
    {
        "date-time", "time", "date", "duration", "email", "hostname", "uri", "ipv4", "ipv6", "uuid",
    };

    private static readonly string[] BacktrackingPatterns = ["(?=", "(?!", "(?<", "(?>", "(?(", "\\b", "\\B", "\\k", "\\1", "\\2", "\\3", "\\4", "\\5", "\\6", "\\7", "\\8", "\\9"];

    /// <summary>Whether the schema keeps to what Anthropic takes.</summary>
    public static bool IsReady(JsonElement schema)
    {
        if (schema.ValueKind != JsonValueKind.Object || !schema.EnumerateObject().Any())
        {
            return false;
        }

        foreach (var keyword in schema.EnumerateObject())
        {
            if (!IsReady(keyword.Name, keyword.Value))
            {
                return false;
            }
        }

        return !MayBeObject(schema)
            || (schema.TryGetProperty("properties", out _) && schema.TryGetProperty("additionalProperties", out var others) && others.ValueKind == JsonValueKind.False);
    }

    private static bool IsReady(string keyword, JsonElement value) => keyword switch
    {
        "type" or "required" or "additionalProperties" or "enum" or "const" or "default" or "description" or "title" or "$ref" => true,
        "properties" or "$defs" => value.ValueKind == JsonValueKind.Object && value.EnumerateObject().All(static member => IsReady(member.Value)),
        "anyOf" => value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(IsReady),
        "items" => IsReady(value),
        "format" => value.ValueKind == JsonValueKind.String && Formats.Contains(value.GetString()!),
        "pattern" => value.ValueKind == JsonValueKind.String && !BacktrackingPatterns.Any(value.GetString()!.Contains),
        "minItems" => value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var least) && least is 0 or 1,
        _ => false,
    };

    private static bool MayBeObject(JsonElement schema) =>
        schema.TryGetProperty("properties", out _)
        || (schema.TryGetProperty("type", out var type) && (IsObject(type) || (type.ValueKind == JsonValueKind.Array && type.EnumerateArray().Any(IsObject))));

    private static bool IsObject(JsonElement type) => type.ValueKind == JsonValueKind.String && type.ValueEquals("object");
}
