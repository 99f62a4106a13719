using System.Text.Json;

namespace PromptGen.Generators.Tests.Contracts.SchemaFiles;

/// <summary>What the tolerance changes of an answer that a schema allows as it is: nothing, whatever the schema is made of.</summary>
public sealed class SchemaValidAnswerTests
{
    private static readonly Tolerance[] s_repairing = [Tolerance.Lenient, Tolerance.Salvage];

    [SharedDataFact("json-schema/test-suite/tests/draft2020-12")]
    public void What_the_test_suite_calls_valid_is_the_same_under_every_tolerance()
    {
        var schemas = new CompiledSchemas();
        var answers = new List<(int Schema, JsonElement Data)>();
        foreach (var file in Directory.GetFiles(SharedData.Find("json-schema/test-suite/tests/draft2020-12"), "*.json").Order(StringComparer.Ordinal))
        {
            using var groups = JsonDocument.Parse(File.ReadAllText(file));
            foreach (var group in groups.RootElement.EnumerateArray())
            {
                var schema = schemas.AddContract(group.GetProperty("schema").GetRawText());
                answers.AddRange(group.GetProperty("tests").EnumerateArray().Select(test => (schema, test.GetProperty("data").Clone())));
            }
        }

        schemas.Build(isJudged: false);
        var valid = 0;
        foreach (var (schema, data) in answers.Where(answer => !schemas.Problems.ContainsKey(answer.Schema)))
        {
            var contract = schemas.Contract(schema);
            var answer = contract.IsWrapped ? $$"""{"value":{{data.GetRawText()}}}""" : data.GetRawText();
            var exact = contract.Read(answer, Tolerance.Exact);
            valid += exact.Code == PromptErrorCode.None ? 1 : 0;
            foreach (var tolerance in s_repairing)
            {
                var reading = contract.Read(answer, tolerance);
                Assert.True((exact.Code == PromptErrorCode.None) == reading is { Code: PromptErrorCode.None, Rungs.Count: 0 }, $"{answer}: {exact.Code}, {tolerance} {reading.Code} {string.Join(' ', reading.Rungs)}");
                Assert.True(exact.Code != PromptErrorCode.None || reading.Value.GetRawText() == data.GetRawText(), $"{answer}: {tolerance} {reading.Value}");
            }
        }

        // Some schemas need others that are not here.
        Assert.Equal(730, valid);
    }
}
