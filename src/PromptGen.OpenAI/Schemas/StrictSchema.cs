using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace PromptGen.OpenAI.Schemas;

/// <summary>A JSON Schema in the form in which it is sent to OpenAI.</summary>
/// <param name="Schema">The schema: rewritten where it can be enforced, as it was otherwise.</param>
/// <param name="IsStrict">Whether the provider enforces it.</param>
internal sealed record StrictSchema(JsonElement Schema, bool IsStrict)
{
    // Contracts are few and constant; a program that makes schemas up at run time must not fill the memory with them.
    private const int CacheLimit = 512;

    private static readonly ConcurrentDictionary<string, StrictSchema> Cache = new(StringComparer.Ordinal);

    /// <summary>A prompt sends the same format in every request: its schema is not even read then.</summary>
    private static readonly ConditionalWeakTable<ChatResponseFormatJson, StrictSchema> ByFormat = new();

    /// <summary><see cref="Schema"/> as it is sent.</summary>
    public byte[] Utf8 { get; } = Encoding.UTF8.GetBytes(Schema.GetRawText());

    /// <summary>The schema of a format that has one; see <see cref="From(JsonElement)"/>.</summary>
    /// <param name="format">The format, which cannot be changed.</param>
    public static StrictSchema Of(ChatResponseFormatJson format) => ByFormat.GetValue(format, static format => From(format.Schema!.Value));

    /// <summary>Rewrites a schema to what strict mode takes, once for each schema.</summary>
    /// <param name="schema">A JSON Schema.</param>
    /// <returns>The rewritten schema, or the schema itself with <see cref="IsStrict"/> false where strict mode can't express it.</returns>
    public static StrictSchema From(JsonElement schema)
    {
        var key = schema.GetRawText();
        if (Cache.TryGetValue(key, out var known))
        {
            return known;
        }

        if (Cache.Count >= CacheLimit)
        {
            Cache.Clear();
        }

        return Cache.GetOrAdd(key, Rewrite(schema));
    }

    private static StrictSchema Rewrite(JsonElement schema)
    {
        if (schema.ValueKind != JsonValueKind.Object || JsonObject.Create(schema) is not { } original || StrictSchemaRewriter.Rewrite(original) is not { } strict)
        {
            return new StrictSchema(schema.Clone(), false);
        }

        // A contract's schema comes in OpenAI's dialect already, and goes out as it is.
        if (JsonNode.DeepEquals(original, strict))
        {
            return new StrictSchema(schema.Clone(), true);
        }

        using var document = JsonDocument.Parse(strict.ToJsonString());
        return new StrictSchema(document.RootElement.Clone(), true);
    }
}
