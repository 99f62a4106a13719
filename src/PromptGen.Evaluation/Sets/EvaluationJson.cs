using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Json.More;

namespace PromptGen.Evaluation;

/// <summary>JSON in which data sets have arguments and answers: as contracts write it, with enums as texts.</summary>
internal static class EvaluationJson
{
    public static JsonSerializerOptions Options { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        PropertyNameCaseInsensitive = true,
        Converters = { new JsonStringEnumConverter(namingPolicy: null, allowIntegerValues: false) },
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The text of a value, as metrics compare it: JSON of objects and arrays, else the value alone.</summary>
    public static string TextOf(JsonElement value) => value.ValueKind is JsonValueKind.Object or JsonValueKind.Array ? value.GetRawText() : PythonText.Of(value);

    /// <summary>Whether two values are equal, regardless of the order of members.</summary>
    public static bool AreEqual(JsonElement first, JsonElement second) => first.IsEquivalentTo(second);
}
