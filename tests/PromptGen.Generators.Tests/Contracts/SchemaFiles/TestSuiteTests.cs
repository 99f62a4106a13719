using System.Text.Json;
using PromptGen.Generators.Model;

namespace PromptGen.Generators.Tests.Contracts.SchemaFiles;

/// <summary>The JSON Schema test suite for draft 2020-12: every group compiled, every test run.</summary>
public sealed class TestSuiteTests(ITestOutputHelper output)
{
    private const string Suite = "json-schema/test-suite";

    private static readonly string[] AssertedFormats =
        ["date-time", "time", "date", "duration", "email", "hostname", "ipv4", "ipv6", "uri", "uuid", "regex"];

    private static readonly string[] LaterGoals = ["dynamicRef", "refRemote", "vocabulary", "anchor", "unevaluatedItems", "unevaluatedProperties"];

    [SharedDataFact(Suite)]
    public void Required()
    {
        var score = Run("", assertsFormat: false);

        Assert.Equal(1299, score.Total);
        Assert.Equal(1011, score.Files.Where(static file => !LaterGoals.Contains(file.Name)).Sum(static file => file.Total));
        Assert.Empty(score.Failures);
    }

    [SharedDataFact(Suite)]
    public void Optional()
    {
        var score = Run("optional", assertsFormat: false);

        Assert.Equal(162, score.Total);
        Assert.Empty(score.Failures);
    }

    [SharedDataFact(Suite)]
    public void Formats()
    {
        var score = Run("optional/format", assertsFormat: true, AssertedFormats);

        Assert.Equal(461 + 8, score.Total);
        Assert.Empty(score.Failures);
    }

    private Score Run(string folder, bool assertsFormat, string[]? only = null)
    {
        var remotes = Remotes();
        var compiled = new CompiledSchemas();
        var tests = new List<(string File, int Schema, string Name, string Data, bool IsValid)>();
        foreach (var file in Directory.GetFiles(SharedData.Find($"{Suite}/tests/draft2020-12/{folder}"), "*.json").Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileNameWithoutExtension(file);
            if (only is not null && !only.Contains(name))
            {
                continue;
            }

            using var groups = JsonDocument.Parse(File.ReadAllText(file));
            foreach (var group in groups.RootElement.EnumerateArray())
            {
                var schema = compiled.Add(group.GetProperty("schema").GetRawText(), remotes, assertsFormat);
                foreach (var test in group.GetProperty("tests").EnumerateArray())
                {
                    tests.Add((name, schema, $"{group.GetProperty("description")}: {test.GetProperty("description")}", test.GetProperty("data").GetRawText(), test.GetProperty("valid").GetBoolean()));
                }
            }
        }

        compiled.Build();
        var failures = tests
            .Where(test => compiled.Problems.ContainsKey(test.Schema) || compiled.Allows(test.Schema, test.Data) != test.IsValid)
            .ToList();
        return Print(
            [.. tests.GroupBy(static test => test.File).Select(file => (file.Key, file.Count(), file.Count() - failures.Count(failure => failure.File == file.Key)))],
            [.. failures.Select(failure => $"{failure.File}: {failure.Name}" + (compiled.Problems.TryGetValue(failure.Schema, out var problems) ? " — " + problems[0].Message : ""))]);
    }

    private Score Print((string Name, int Total, int Passed)[] files, string[] failures)
    {
        foreach (var (name, total, passed) in files)
        {
            output.WriteLine($"{name,-32} {passed,4} / {total}");
        }

        var score = new Score(files, failures);
        output.WriteLine($"{"in total",-32} {score.Total - failures.Length,4} / {score.Total}");
        foreach (var failure in failures)
        {
            output.WriteLine(failure);
        }

        return score;
    }

    private static List<SchemaText> Remotes()
    {
        var folder = SharedData.Find(Suite + "/remotes");
        return [.. Directory.GetFiles(folder, "*.json", SearchOption.AllDirectories)
            .Select(file => (Path: Path.GetRelativePath(folder, file).Replace('\\', '/'), File: file))
            .Where(static remote => !remote.Path.StartsWith("draft", StringComparison.Ordinal) || remote.Path.StartsWith("draft20", StringComparison.Ordinal))
            .Select(static remote => new SchemaText("http://localhost:1234/" + remote.Path, File.ReadAllText(remote.File)))];
    }

    private sealed record Score((string Name, int Total, int Passed)[] Files, string[] Failures)
    {
        public int Total => Files.Sum(static file => file.Total);
    }
}
