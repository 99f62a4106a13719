using System.Text.Json;
using PromptGen.Contracts;
using PromptGen.Generators.Tests.Contracts.SchemaFiles;

namespace PromptGen.Generators.Tests.Contracts.Replay;

/// <summary>What BAML's schema-aligned parser makes of an answer, against ours for the same type.</summary>
public sealed class BamlTests(ITestOutputHelper output)
{
    private const string Text = """{"type":"string"}""";

    // Same, other, truncated, refused under Lenient | under Salvage.
    private const string Expected = """
        schema-aligned:basics: 39 0 3 11 | 42 0 3 8
        schema-aligned:class: 32 0 10 5 | 32 0 10 5
        schema-aligned:enum: 17 1 0 11 | 26 1 0 2
        schema-aligned:lists: 6 0 3 0 | 6 0 3 0
        schema-aligned:literals: 14 0 0 10 | 21 0 0 3
        schema-aligned:maps: 5 0 2 2 | 5 0 2 2
        schema-aligned:mod: 5 0 0 0 | 5 0 0 0
        schema-aligned:partials: 1 0 4 0 | 1 0 4 0
        schema-aligned:unions: 5 0 0 0 | 5 0 0 0
        """;

    private static readonly Dictionary<string, string> s_disagreements = new()
    {
        ["test_enum.rs > from_string_with_extra_text_after_5"] = "a name before a colon is the answer, whatever the words behind it name",
    };

    [SharedDataFact(RepairCase.File)]
    public void An_answer_is_read_as_BAML_reads_it_or_refused()
    {
        var cases = RepairCase.Of("BoundaryML/baml");
        var schemas = cases.ConvertAll(static test => BamlSchema.Of(test.Raw.GetProperty("schema_baml").GetString() ?? "", test.Raw.GetProperty("target").GetString()!));
        var compiled = new CompiledSchemas();
        var numbers = schemas.Select(static schema => schema.Json).Distinct().ToDictionary(static json => json, json => compiled.AddContract(json));
        compiled.Build();
        Assert.Empty(compiled.Problems);

        var tally = new Tally(output);
        foreach (var (test, schema) in cases.Zip(schemas))
        {
            tally.Read(test, Read, (expected, value) => IsSame(expected, value, schema.OtherNames));

            // What is to be a text is the answer as it came, as it is for a prompt that returns a string.
            ContractReading<JsonElement> Read(Tolerance tolerance) =>
                schema.Json.StartsWith(Text[..^1], StringComparison.Ordinal)
                    ? ContractReading<JsonElement>.Valid(JsonSerializer.SerializeToElement(TextContract.Instance.Read(test.Input, tolerance).Value))
                    : compiled.Contract(numbers[schema.Json]).Read(test.Input, tolerance);
        }

        output.WriteLine(tally.Table);
        Assert.Equal(s_disagreements.Keys.Order(), tally.Others.Order());
        Assert.Equal(186, cases.Count);
        Assert.Equal(Expected.ReplaceLineEndings("\n"), tally.Table);
    }

    /// <summary>Whether two values are the same: BAML answers in its own names, and with null for what was left away.</summary>
    private static bool IsSame(JsonElement expected, JsonElement value, Dictionary<string, string> names)
    {
        switch (expected.ValueKind, value.ValueKind)
        {
            case (JsonValueKind.Object, JsonValueKind.Object):
                var members = Members(expected).ToDictionary(member => names.GetValueOrDefault(member.Name, member.Name), static member => member.Value);
                var others = Members(value).ToList();
                return members.Count == others.Count && others.TrueForAll(other => members.TryGetValue(other.Name, out var member) && IsSame(member, other.Value, names));
            case (JsonValueKind.Array, JsonValueKind.Array):
                return expected.GetArrayLength() == value.GetArrayLength() && expected.EnumerateArray().Zip(value.EnumerateArray()).All(pair => IsSame(pair.First, pair.Second, names));
            case (JsonValueKind.String, JsonValueKind.String):
                var text = expected.GetString()!;
                return value.ValueEquals(text) || value.ValueEquals(names.GetValueOrDefault(text, text));
            default:
                return JsonElement.DeepEquals(expected, value);
        }
    }

    private static IEnumerable<JsonProperty> Members(JsonElement value) => value.EnumerateObject().Where(static member => member.Value.ValueKind != JsonValueKind.Null);
}
