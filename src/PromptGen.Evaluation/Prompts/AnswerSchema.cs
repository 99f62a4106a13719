using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;
using PromptGen.Routing;

namespace PromptGen.Evaluation;

/// <summary>The contract of a prompt, for expected values: an object may leave members out.</summary>
internal sealed class AnswerSchema
{
    private static readonly EvaluationOptions s_all = new() { OutputFormat = OutputFormat.List };

    private readonly JsonSchema _schema;
    private readonly bool _isWrapped;

    /// <summary>A contract.</summary>
    /// <param name="schema">Its JSON Schema.</param>
    /// <param name="isWrapped">Whether it is that of an object whose member <c>value</c> is the answer.</param>
    public AnswerSchema(JsonElement schema, bool isWrapped) => (_schema, _isWrapped) = (JsonSchema.FromText(Loosened(JsonNode.Parse(schema.GetRawText()))!.ToJsonString()), isWrapped);

    /// <summary>The contract of a prompt; null where its answer is text.</summary>
    public static (JsonElement Schema, bool IsWrapped)? ContractOf(PromptDefinition definition)
    {
        var contract = definition.GetType().GetProperty(nameof(PromptDefinition<int>.Contract))!.GetValue(definition)!;
        var schema = (JsonElement)contract.GetType().GetProperty(nameof(PromptDefinition<int>.Contract.Schema))!.GetValue(contract)!;
        return schema.ValueKind == JsonValueKind.Undefined
            ? null
            : (schema, (bool)contract.GetType().GetProperty(nameof(PromptDefinition<int>.Contract.IsWrapped))!.GetValue(contract)!);
    }

    /// <summary>What the contract does not allow about an expected value.</summary>
    public IEnumerable<string> Check(JsonElement expected)
    {
        var result = _schema.Evaluate(_isWrapped ? JsonSerializer.SerializeToElement(new { value = expected }) : expected, s_all);
        return result.IsValid ? [] : (result.Details ?? []).Where(static detail => detail.Errors is { Count: > 0 })
            .SelectMany(static detail => detail.Errors!.Values.Select(error => $"expects what the contract does not allow at '{detail.InstanceLocation}': {error}"))
            .Distinct(StringComparer.Ordinal)
            .DefaultIfEmpty("expects what the contract does not allow");
    }

    /// <summary>The schema in which no member is required.</summary>
    private static JsonNode? Loosened(JsonNode? schema)
    {
        switch (schema)
        {
            case JsonObject map:
                if (map["required"] is JsonArray)
                {
                    map.Remove("required");
                }

                // Without what is required, a value may fit several cases.
                if (map["oneOf"] is JsonArray cases)
                {
                    map.Remove("oneOf");
                    map["anyOf"] = cases;
                }

                foreach (var (_, value) in map.ToArray())
                {
                    Loosened(value);
                }

                break;
            case JsonArray list:
                foreach (var value in list)
                {
                    Loosened(value);
                }

                break;
            default:
                break;
        }

        return schema;
    }
}
