using System.Text.Json;
using Json.Schema;

namespace PromptGen.Generators.Tests.Contracts.SchemaFiles;

/// <summary>Compiled schemas against JsonSchema.Net: every schema of a file of the test suite meets the data of all groups of that file, which the suite itself does not pair.</summary>
public sealed class SecondJudgeTests(ITestOutputHelper output)
{
    private const string Suite = "json-schema/test-suite/tests/draft2020-12";

    // Those that refer to other files would need the suite's server, and a compiled schema has no dynamic scope at run time.
    private static readonly string[] Left = ["refRemote", "dynamicRef", "vocabulary", "anchor", "defs", "id", "infinite-loop-detection", "unevaluatedItems", "unevaluatedProperties", "format"];

    [SharedDataFact(Suite)]
    public void Both_give_the_same_verdict_on_every_pair()
    {
        var compiled = new CompiledSchemas();
        var pairs = new List<(string File, int Number, JsonSchema Schema, string Text, string Data)>();
        foreach (var file in Directory.GetFiles(SharedData.Find(Suite), "*.json").Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileNameWithoutExtension(file);
            if (Left.Contains(name))
            {
                continue;
            }

            using var groups = JsonDocument.Parse(File.ReadAllText(file));
            var data = groups.RootElement.EnumerateArray()
                .SelectMany(static group => group.GetProperty("tests").EnumerateArray())
                .Select(static test => test.GetProperty("data").GetRawText())
                .Distinct(StringComparer.Ordinal)
                .ToArray();
            foreach (var group in groups.RootElement.EnumerateArray())
            {
                var text = group.GetProperty("schema").GetRawText();
                if (IsBeyond(text))
                {
                    continue;
                }

                var number = compiled.Add(text, assertsFormat: false);
                var schema = JsonSchema.FromText(text);
                pairs.AddRange(data.Select(one => (name, number, schema, text, one)));
            }
        }

        compiled.Build();
        var differences = new List<string>();
        foreach (var (file, number, schema, text, data) in pairs)
        {
            using var document = JsonDocument.Parse(data);
            var theirs = schema.Evaluate(document.RootElement).IsValid;
            if (compiled.Problems.ContainsKey(number) || compiled.Allows(number, data) != theirs)
            {
                differences.Add($"{file}: {theirs} by JsonSchema.Net: {data} against {text}");
            }
        }

        output.WriteLine($"{pairs.Count} pairs, {differences.Count} differences");
        Assert.True(pairs.Count >= 4000, $"{pairs.Count}");
        Assert.True(differences.Count == 0, $"{differences.Count} of {pairs.Count}\n" + string.Join('\n', differences.Take(20)));
    }

    /// <summary>What the other validator does not read: schemas that refer to the suite's server, and classes of characters that .NET's patterns lack.</summary>
    private static bool IsBeyond(string schema) =>
        schema.Contains("$id", StringComparison.Ordinal)
        || schema.Contains("\"$ref\": \"http", StringComparison.Ordinal)
        || schema.Contains("\\\\p{", StringComparison.Ordinal);
}
