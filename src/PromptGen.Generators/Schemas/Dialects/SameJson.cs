using System.Collections.Generic;
using PromptGen.Generators.Schemas.Json;

namespace PromptGen.Generators.Schemas.Dialects;

/// <summary>Values that are written the same.</summary>
internal sealed class SameJson : IEqualityComparer<JsonNode>
{
    public static SameJson Comparer { get; } = new();

    public bool Equals(JsonNode? x, JsonNode? y) => x?.ToString() == y?.ToString();

    public int GetHashCode(JsonNode obj) => obj.ToString().GetHashCode();
}
