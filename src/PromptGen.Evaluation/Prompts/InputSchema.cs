using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;
using Json.Schema;

namespace PromptGen.Evaluation;

/// <summary>The JSON Schema of a parameter of a prompt.</summary>
/// <param name="Name">The name of the parameter.</param>
/// <param name="Required">Whether it has no default value.</param>
/// <param name="Schema">The schema of its value.</param>
internal sealed record InputSchema(string Name, bool Required, JsonElement Schema)
{
    private static readonly EvaluationOptions s_all = new() { OutputFormat = OutputFormat.List };
    private static readonly JsonSchemaExporterOptions s_export = new() { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = static (context, schema) => Fitted(context.TypeInfo, schema) };

    /// <summary>What the serializer refuses of a type beyond its kind.</summary>
    private static readonly Dictionary<Type, (string Name, JsonNode Value)[]> s_bounds = new()
    {
        [typeof(byte)] = Range(byte.MinValue, byte.MaxValue),
        [typeof(sbyte)] = Range(sbyte.MinValue, sbyte.MaxValue),
        [typeof(short)] = Range(short.MinValue, short.MaxValue),
        [typeof(ushort)] = Range(ushort.MinValue, ushort.MaxValue),
        [typeof(int)] = Range(int.MinValue, int.MaxValue),
        [typeof(uint)] = Range(uint.MinValue, uint.MaxValue),
        [typeof(long)] = Range(long.MinValue, long.MaxValue),
        [typeof(ulong)] = Range(ulong.MinValue, ulong.MaxValue),
        [typeof(Guid)] = Pattern("^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$"),
        [typeof(DateOnly)] = Pattern("^\\d{4}-\\d{2}-\\d{2}$"),
        [typeof(TimeOnly)] = Pattern("^\\d{2}:\\d{2}"),
        [typeof(DateTime)] = Pattern("^\\d{4}-\\d{2}-\\d{2}(T|$)"),
        [typeof(DateTimeOffset)] = Pattern("^\\d{4}-\\d{2}-\\d{2}(T|$)"),
    };

    /// <summary>The schema of a parameter.</summary>
    public static InputSchema Of(ParameterInfo parameter, bool isNullable)
    {
        EvaluationJson.Options.MakeReadOnly(populateMissingResolver: true);
        JsonNode schema;
        try
        {
            schema = EvaluationJson.Options.GetJsonSchemaAsNode(parameter.ParameterType, s_export);
        }
        catch (Exception exception) when (exception is NotSupportedException or InvalidOperationException)
        {
            // The serializer does not know the type: only the assembly shows whether a value suits.
            schema = JsonValue.Create(true);
        }

        if (isNullable && schema is JsonObject map && map["type"] is JsonValue type && type.GetValueKind() == JsonValueKind.String)
        {
            map["type"] = new JsonArray(type.GetValue<string>(), "null");
        }

        return new(parameter.Name!, !parameter.HasDefaultValue, JsonSerializer.SerializeToElement(schema));
    }

    /// <summary>What is wrong with an input; null = nothing.</summary>
    /// <param name="item">The item.</param>
    /// <param name="name">The name of the parameter.</param>
    /// <param name="schema">The schema of its value.</param>
    /// <param name="input">The input.</param>
    public static string? ProblemOf(EvaluationItem item, string name, JsonSchema schema, JsonElement input)
    {
        var result = schema.Evaluate(input, s_all);
        if (result.IsValid || (item.IsText && Readings(input).Any(reading => schema.Evaluate(reading, s_all).IsValid)))
        {
            return null;
        }

        var detail = (result.Details ?? []).FirstOrDefault(static detail => detail.Errors is { Count: > 0 });
        var place = $"{detail?.InstanceLocation}" is { Length: > 0 } pointer ? $" at '{pointer}'" : "";
        return $"has an input '{name}' that its parameter does not take{place}{(detail is null ? "" : $": {detail.Errors!.Values.First()}")}";
    }

    /// <summary>What else a text of a table or of YAML can be read as: a text, or the JSON in it.</summary>
    private static IEnumerable<JsonElement> Readings(JsonElement input)
    {
        yield return JsonSerializer.SerializeToElement(EvaluationJson.TextOf(input));
        if (input.ValueKind == JsonValueKind.String)
        {
            JsonElement json;
            try
            {
                json = JsonSerializer.Deserialize<JsonElement>(InputParameter.JsonOf(input.GetString()!));
            }
            catch (JsonException)
            {
                yield break;
            }

            yield return json;
        }
    }

    /// <summary>What the serializer accepts: it needs no member that is not <c>required</c>, and its dates have no need of a time zone.</summary>
    private static JsonNode Fitted(JsonTypeInfo type, JsonNode schema)
    {
        if (schema is not JsonObject map)
        {
            return schema;
        }

        map.Remove("format");
        map.Remove("required");
        JsonNode[] required = [.. type.Properties.Where(static member => member.IsRequired).Select(static member => JsonValue.Create(member.Name))];
        if (required.Length > 0)
        {
            map["required"] = new JsonArray(required);
        }

        foreach (var (name, value) in s_bounds.GetValueOrDefault(Nullable.GetUnderlyingType(type.Type) ?? type.Type) ?? [])
        {
            map[name] = value.DeepClone();
        }

        return schema;
    }

    private static (string, JsonNode)[] Range(decimal least, decimal most) => [("minimum", JsonValue.Create(least)), ("maximum", JsonValue.Create(most))];

    private static (string, JsonNode)[] Pattern(string pattern) => [("pattern", JsonValue.Create(pattern)!)];
}
