using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using PromptGen.Generators.Schemas.Json;

namespace PromptGen.Generators.Schemas.Files;

/// <summary>
/// The metaschemas of draft 2020-12 and draft-07, which a schema may refer to like to any other. They are not ours: <c>Metaschemas.LICENSE.txt</c>
/// says whose.
/// </summary>
internal static class Metaschemas
{
    private static readonly Lazy<Dictionary<string, JsonNode>> All = new(Load);

    public static SchemaDocument? Find(string? uri)
    {
        uri = uri?.TrimEnd('#');
        return uri is not null && (uri.IndexOf("json-schema.org/", StringComparison.Ordinal) > 0) && All.Value.TryGetValue(uri, out var root)
            ? new SchemaDocument(uri, uri, root)
            : null;
    }

    private static Dictionary<string, JsonNode> Load()
    {
        using var stream = typeof(Metaschemas).Assembly.GetManifestResourceStream("PromptGen.Generators.Metaschemas.json")!;
        using var reader = new StreamReader(stream);
        return JsonParser.Parse(reader.ReadToEnd(), out _)!.Items.ToDictionary(static schema => schema["$id"]!.Text.TrimEnd('#'));
    }
}
