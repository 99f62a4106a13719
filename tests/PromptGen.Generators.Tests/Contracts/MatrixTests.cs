using System.Text.Json;
using PromptGen.Generators.Model.Contracts;
using PromptGen.Generators.Tests.Documents;

namespace PromptGen.Generators.Tests.Contracts;

/// <summary>
/// The table of output types in the README of the runtime: each row is the schema that is written and a value that is read and comes out the same.
/// Setting PROMPTGEN_UPDATE_SNAPSHOTS=1 writes the column of schemas instead.
/// </summary>
public sealed class MatrixTests
{
    private static readonly Document s_readme = Document.All.Single(static document => document.Name == "src/PromptGen/README.md");
    private static readonly MatrixRow[] s_rows = MatrixRow.Of(s_readme);
    private static readonly string s_declarations = Assert.Single(s_readme.Blocks("csharp matrix"));

    // One compilation for all: what takes time is the compiler.
    private static readonly Lazy<Dictionary<string, TestContract>> s_contracts = new(() => TestContract.Of(
        [.. s_rows.Where(static row => row.Type != "string").Select(static row => row.Type).Distinct()], MatrixRow.Usings, s_declarations));

    public static TheoryData<string, string, string> Rows { get; } = ToTheory();

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_row_is_what_happens(string type, string json, string schema)
    {
        if (type == "string")
        {
            Assert.True(TestContract.ModelOf(type).IsText);
            Assert.Equal(json, PromptGen.Contracts.TextContract.Instance.Read(json).Value);
            Assert.Equal("none", schema);
            return;
        }

        var contract = s_contracts.Value[type];
        var reading = contract.Read(contract.IsWrapped ? $$"""{"value":{{json}}}""" : json);

        Assert.Empty(reading.Breaches);
        Assert.Equal(PromptErrorCode.None, reading.Code);
        Assert.Empty(reading.Rungs);
        var written = JsonSerializer.Serialize(reading.Value, contract.ValueType, MatrixJson.For(contract));
        using var left = JsonDocument.Parse(json);
        using var right = JsonDocument.Parse(written);
        Assert.True(JsonElement.DeepEquals(left.RootElement, right.RootElement), $"expected {json}\nactual   {written}");
        if (Environment.GetEnvironmentVariable("PROMPTGEN_UPDATE_SNAPSHOTS") == "1")
        {
            MatrixRow.Update(s_readme, type, json, SchemaOf(contract));
            return;
        }

        Assert.Equal(schema, SchemaOf(contract));
    }

    /// <summary>The table covers everything that the compiler can read: a new kind of value requires a row.</summary>
    [Fact]
    public void Every_kind_of_value_and_collection_has_a_row()
    {
        var values = s_contracts.Value.Values.SelectMany(static contract => All(contract.Model)).Append(TestContract.ModelOf("string").Root).ToList();

        Assert.Equal(Enum.GetValues<ValueKind>(), values.Select(static value => value.Kind).Distinct().Order());
        Assert.Equal(Enum.GetValues<CollectionKind>(), values.Select(static value => value.Collection).Distinct().Order());
    }

    private static IEnumerable<ValueModel> All(ContractModel model) =>
        model.Objects.SelectMany(static type => type.Members).Select(static member => member.Value).Append(model.Root).SelectMany(All);

    private static IEnumerable<ValueModel> All(ValueModel value) => value.Items.SelectMany(All).Append(value);

    /// <summary>The schema without its wrapper.</summary>
    private static string SchemaOf(TestContract contract)
    {
        const string Before = """{"type":"object","properties":{"value":""";
        const string After = """},"required":["value"],"additionalProperties":false""";
        var schema = contract.Schema.GetRawText();
        return contract.IsWrapped ? schema[Before.Length..schema.LastIndexOf(After, StringComparison.Ordinal)] : schema;
    }

    private static TheoryData<string, string, string> ToTheory()
    {
        var data = new TheoryData<string, string, string>();
        foreach (var row in s_rows)
        {
            data.Add(row.Type, row.Json, row.Schema);
        }

        return data;
    }
}
