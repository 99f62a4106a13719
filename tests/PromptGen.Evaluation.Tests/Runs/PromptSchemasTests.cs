using System.Text.Json;

namespace PromptGen.Evaluation.Tests.Runs;

/// <summary>Whether an item suits a prompt is the same for its schemas, written as JSON and read again, and for its method.</summary>
public sealed class PromptSchemasTests
{
    private const string Good = """
        {
          "text": "a", "note": null, "number": 3, "small": 7, "size": null, "price": 1.25, "flag": true, "sign": "x", "shade": "Dark", "colour": {"name": "red", "red": 255, "shade": "Light"},
          "tags": ["a", "b"], "counts": {"a": 1}, "id": "0c7be24d-4a0c-4a9d-b7a5-2a3bb4a3b5f8", "day": "2026-11-30", "at": "2026-11-30T12:00:00Z", "tree": {"name": "root", "children": [{"name": "leaf", "children": []}]}, "strict": {"key": 1}
        }
        """;

    [Theory]
    [InlineData(null, null, true)]
    [InlineData("text", "3", false)]
    [InlineData("text", "null", false)]
    [InlineData("TEXT", "\"upper case\"", true)]
    [InlineData("note", "\"x\"", true)]
    [InlineData("note", "3", false)]
    [InlineData("number", "\"3\"", false)]
    [InlineData("number", "3.5", false)]
    [InlineData("number", "2147483648", false)]
    [InlineData("number", "-2147483648", true)]
    [InlineData("small", "256", false)]
    [InlineData("small", "-1", false)]
    [InlineData("small", "255", true)]
    [InlineData("size", "4", true)]
    [InlineData("size", "4000000000000", false)]
    [InlineData("size", "\"4\"", false)]
    [InlineData("price", "3", true)]
    [InlineData("price", "\"3\"", false)]
    [InlineData("flag", "1", false)]
    [InlineData("flag", "null", false)]
    [InlineData("sign", "\"xy\"", false)]
    [InlineData("shade", "\"Grey\"", false)]
    [InlineData("shade", "1", false)]
    [InlineData("colour", "{\"name\": \"red\", \"red\": \"255\"}", false)]
    [InlineData("colour", "{\"name\": \"red\", \"shade\": \"Grey\"}", false)]
    [InlineData("colour", "{\"name\": \"red\", \"green\": 2}", true)]
    [InlineData("colour", "[]", false)]
    [InlineData("colour", "null", false)]
    [InlineData("tags", "[1]", false)]
    [InlineData("tags", "\"a\"", false)]
    [InlineData("tags", "[]", true)]
    [InlineData("counts", "{\"a\": \"1\"}", false)]
    [InlineData("counts", "[]", false)]
    [InlineData("id", "\"0c7be24d\"", false)]
    [InlineData("day", "\"30.11.2026\"", false)]
    [InlineData("day", "\"2026-11-30T12:00:00\"", false)]
    [InlineData("at", "\"2026-11-30\"", true)]
    [InlineData("at", "\"2026-11-30T12:00:00\"", true)]
    [InlineData("at", "\"yesterday\"", false)]
    [InlineData("tree", "{\"name\": \"root\", \"children\": [{\"name\": 3, \"children\": []}]}", false)]
    [InlineData("strict", "{\"key\": 1}", true)]
    [InlineData("strict", "{}", false)]
    [InlineData("last", "\"x\"", true)]
    [InlineData("last", "1", false)]
    [InlineData("other", "1", false)]
    public void An_input_suits_the_schema_where_it_suits_the_parameter(string? name, string? json, bool isGood)
    {
        var inputs = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(Good)!;
        if (name is not null)
        {
            inputs.Remove(name.ToLowerInvariant());
            inputs[name] = JsonSerializer.Deserialize<JsonElement>(json!);
        }

        var (byMethod, bySchemas) = Check(inputs, isText: false);

        Assert.Equal((isGood ? 0 : 1, isGood ? 0 : 1), (byMethod.Count, bySchemas.Count));
        Assert.All(bySchemas, static fault => Assert.StartsWith("'set.jsonl', line 3 ('1') has an input", fault, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("text")]
    [InlineData("colour")]
    [InlineData("last")]
    public void A_missing_input_is_a_fault_unless_its_parameter_has_a_default_value(string name)
    {
        var inputs = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(Good)!;
        inputs.Remove(name);

        var (byMethod, bySchemas) = Check(inputs, isText: false);

        Assert.Equal(byMethod, bySchemas);
        Assert.Equal(name == "last" ? 0 : 1, byMethod.Count);
    }

    /// <summary>A table has texts, which are read as what the parameter takes.</summary>
    [Theory]
    [InlineData("number", "3", true)]
    [InlineData("number", "three", false)]
    [InlineData("flag", "TRUE", true)]
    [InlineData("flag", "yes", false)]
    [InlineData("text", "3", true)]
    [InlineData("tags", "[\"a\"]", true)]
    [InlineData("tags", "a", false)]
    [InlineData("colour", "{\"name\": \"red\"}", true)]
    [InlineData("shade", "Dark", true)]
    public void Texts_of_a_table_suit_where_they_can_be_read(string name, string text, bool isGood)
    {
        var inputs = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(Good)!;
        inputs[name] = JsonSerializer.SerializeToElement(text);

        var (byMethod, bySchemas) = Check(inputs, isText: true);

        Assert.Equal((isGood ? 0 : 1, isGood ? 0 : 1), (byMethod.Count, bySchemas.Count));
    }

    [Fact]
    public void An_expected_value_is_checked_against_the_contract()
    {
        var prompt = EvaluatedPrompt.Of<Questions>(nameof(Questions.SumAsync));
        var schemas = Written(PromptSchemas.Of(prompt.Definition, typeof(Questions).GetMethod(nameof(Questions.SumAsync))!)!);

        Assert.True(schemas.AnswerWrapped);
        Assert.Equal(["a", "b"], schemas.Inputs.Select(static input => input.Name));
        foreach (var expected in (string[])["3", "\"three\"", "{}"])
        {
            var set = new EvaluationSet("sums", [new("1", JsonSerializer.Deserialize<Dictionary<string, JsonElement>>("""{"a": 1, "b": 2}""")!, JsonSerializer.Deserialize<JsonElement>(expected), [])]);
            Assert.Equal(prompt.Check(set), schemas.Check(set));
        }

        Assert.Null(PromptSchemas.Of(prompt.Definition, typeof(Questions).GetMethod(nameof(Questions.StreamAsync))!));
    }

    private static (IReadOnlyList<string> ByMethod, IReadOnlyList<string> BySchemas) Check(Dictionary<string, JsonElement> inputs, bool isText)
    {
        var method = typeof(PromptSchemasTests).GetMethod(nameof(Ask), System.Reflection.BindingFlags.Static | System.Reflection.BindingFlags.NonPublic)!;
        var set = new EvaluationSet("set", [new("1", inputs, JsonSerializer.SerializeToElement("x"), []) { Place = "'set.jsonl', line 3", IsText = isText }]);
        var binder = new ArgumentBinder(method);
        var schemas = Written(new PromptSchemas([.. binder.Inputs.Select(static input => InputSchema.Of(input.Parameter, input.IsNullable))]));
        return (PromptSchemas.Faults(set, binder.Check, null), schemas.Check(set));
    }

    private static PromptSchemas Written(PromptSchemas schemas) => JsonSerializer.Deserialize<PromptSchemas>(JsonSerializer.Serialize(schemas))!;

    private static Task<string> Ask(
        string text, string? note, int number, byte small, int? size, decimal price, bool flag, char sign, Shade shade, Colour colour, IReadOnlyList<string> tags, Dictionary<string, int> counts, Guid id, DateOnly day,
        DateTime at, Node tree, Strict strict, PromptOptions options, string last = "x", CancellationToken cancellationToken = default) => throw new NotSupportedException();

    private sealed record Strict
    {
        public required int Key { get; init; }
    }

    private sealed record Node(string Name, IReadOnlyList<Node> Children);
}
