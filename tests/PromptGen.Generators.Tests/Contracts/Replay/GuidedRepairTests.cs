using System.Text.Json;
using PromptGen.Generators.Tests.Contracts.SchemaFiles;

namespace PromptGen.Generators.Tests.Contracts.Replay;

/// <summary>What json_repair makes of an answer for which it is given a schema, against ours under the same schema.</summary>
public sealed class GuidedRepairTests(ITestOutputHelper output)
{
    // Same, other, truncated, refused under Lenient | under Salvage.
    private const string Expected = "schema-guided: 38 22 1 20 | 38 22 1 20";

    private static readonly Dictionary<string, string> s_disagreements = new()
    {
        ["test_schema_optional_default_is_inserted"] = "an answer that is valid as it is stays as it is: no default is put in",
        ["test_schema_applies_to_valid_json_without_skip_json_loads"] = "true where a text is asked for is that text, not none",
        ["test_schema_skip_json_loads_keeps_parser_path_for_scalars"] = "a number or a text that stands alone is not thrown away",
        ["test_schema_pydantic_model_keeps_literal_fenced_snippet_cases"] = "white space at the end of a text belongs to it",
    };

    [SharedDataFact(RepairCase.File)]
    public void An_answer_is_read_as_json_repair_reads_it_or_refused()
    {
        var cases = RepairCase.Of("mangiucugna/json_repair").FindAll(static test => test.Category == "schema-guided");
        var compiled = new CompiledSchemas();
        var contracts = cases
            .Where(static test => test.Option("strict") is null && test.Raw.TryGetProperty("schema", out var schema) && schema.ValueKind == JsonValueKind.Object)
            .Select(test => (Test: test, Number: compiled.AddContract(test.Raw.GetProperty("schema").GetRawText())))
            .ToList();
        compiled.Build();

        var tally = new Tally(output);
        foreach (var (test, number) in contracts)
        {
            if (compiled.Problems.TryGetValue(number, out var problems))
            {
                // A broken schema is reported when it is compiled.
                output.WriteLine($"{test.Raw.GetProperty("schema").GetRawText()}: {problems[0].Message}");
                Assert.Null(test.Expected);
            }
            else
            {
                tally.Read(test, tolerance => compiled.Contract(number).Read(test.Input, tolerance), JsonElement.DeepEquals);
            }
        }

        output.WriteLine(tally.Table);
        Assert.Equal((92, 84), (cases.Count, contracts.Count));
        Assert.Equal(s_disagreements.Keys.Order(), tally.Others.Select(static name => name.Split(" > ")[1]).Order());
        Assert.Equal(Expected, tally.Table);
    }
}
