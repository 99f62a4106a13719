using System.Text.Json;
using System.Text.RegularExpressions;
using PromptGen.Generators.Model;

namespace PromptGen.Generators.Tests.Contracts.SchemaFiles;

/// <summary>Schemas that people use, with files that are meant to fit them and files that are not.</summary>
public sealed partial class SchemaStoreTests(ITestOutputHelper output)
{
    private const string Store = "json-schema/schemastore/schemastore.jsonl";

    /// <summary>Schemas that refer to others on the web, which no build may fetch.</summary>
    private const int WithReferencesOutOfTheSample = 47;

    [SharedDataFact(Store)]
    public void Every_verdict_is_right()
    {
        var compiled = new CompiledSchemas();
        var tests = new List<(int Schema, string Name, string Test, string Data, bool IsValid)>();
        var entries = File.ReadLines(SharedData.Find(Store)).Select(static line => JsonDocument.Parse(line).RootElement).ToList();
        var store = entries.ConvertAll(static entry => new SchemaText(UriOf(entry), entry.GetProperty("schema").GetRawText()));
        var names = entries.ConvertAll(static entry => entry.GetProperty("name").GetString()!);
        foreach (var (entry, file) in entries.Zip(store))
        {
            var name = entry.GetProperty("name").GetString()!;
            var schema = compiled.Add(file.Text, ReferredToBy(file, store), path: file.Path);
            foreach (var test in entry.GetProperty("tests").EnumerateArray())
            {
                tests.Add((schema, name, test.GetProperty("description").GetString()!, test.GetProperty("data").GetRawText(), test.GetProperty("valid").GetBoolean()));
            }
        }

        compiled.Build(isJudged: false);
        foreach (var (schema, problems) in compiled.Problems)
        {
            output.WriteLine($"not compiled: {names[schema]}: {problems[0].Message}");
        }

        var disputed = Disputed();
        var run = tests.Where(test => !compiled.Problems.ContainsKey(test.Schema)).ToList();
        var wrong = run.Where(test => compiled.Allows(test.Schema, test.Data) != test.IsValid).ToList();
        output.WriteLine($"{names.Count} schemas, {compiled.Problems.Count} not compiled; {tests.Count} files, {run.Count} judged, {wrong.Count} otherwise than labelled");
        foreach (var test in wrong)
        {
            var reading = compiled.Contract(test.Schema).ReadElement(test.Data, Tolerance.Exact, new());
            output.WriteLine($"{(disputed.Contains((test.Name, test.Test)) ? "disputed" : "WRONG")}: {test.Name}, {test.Test}: labelled {test.IsValid} {string.Join("; ", reading.Violations.Take(3))}");
        }

        Assert.Equal(414, names.Count);
        Assert.All(compiled.Problems.Values.SelectMany(static problems => problems), static problem => Assert.StartsWith("there is no schema", problem.Message, StringComparison.Ordinal));
        Assert.InRange(compiled.Problems.Count, 1, WithReferencesOutOfTheSample);
        Assert.All(wrong, test => Assert.Contains((test.Name, test.Test), disputed));
    }

    /// <summary>What a schema refers to, as far as it is in the sample, which is only a part of the store.</summary>
    private static List<SchemaText> ReferredToBy(SchemaText file, List<SchemaText> store)
    {
        var found = new List<SchemaText> { file };
        for (var i = 0; i < found.Count; i++)
        {
            var names = Reference().Matches(found[i].Text).Select(static match => "/" + match.Groups[1].Value + ".json").ToHashSet();
            found.AddRange(store.Where(other => !found.Contains(other) && names.Any(name => other.Path.EndsWith(name, StringComparison.Ordinal))));
        }

        return found[1..];
    }

    [GeneratedRegex("\"\\$ref\"\\s*:\\s*\"[^#\"]*?([^#\"/]+?)(?:\\.json)?(?:#[^\"]*)?\"")]
    private static partial Regex Reference();

    private static string UriOf(JsonElement entry) => $"https://json.schemastore.org/{entry.GetProperty("name").GetString()}.json";

    /// <summary>The labels that an independent validator disagrees with as well.</summary>
    private static HashSet<(string Name, string Test)> Disputed()
    {
        using var document = JsonDocument.Parse(File.ReadAllText(SharedData.Find("json-schema/oracle_disagreements.json")));
        return [.. document.RootElement.EnumerateArray()
            .Where(static entry => entry.GetProperty("file").GetString() == "schemastore.jsonl")
            .Select(static entry => (entry.GetProperty("name").GetString()!, entry.GetProperty("test").GetString()!))
            // Only a keyword beside a $ref would reject this file, and draft 7 ignores such keywords.
            .Append(("pre-commit-config", "local-missing-entry.json"))];
    }
}
