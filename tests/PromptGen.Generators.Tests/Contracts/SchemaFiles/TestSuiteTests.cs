using System.Collections.Frozen;
using System.Text.Json;
using PromptGen.Generators.Model;

namespace PromptGen.Generators.Tests.Contracts.SchemaFiles;

/// <summary>The JSON Schema test suite for draft 2020-12: every group compiled, every test run.</summary>
public sealed class TestSuiteTests
{
    private const string Suite = "json-schema/test-suite";
    private const string Required = "required";
    private const string Optional = "optional";
    private const string Formats = "optional/format";

    private static readonly string[] s_assertedFormats =
        ["date-time", "time", "date", "duration", "email", "hostname", "ipv4", "ipv6", "uri", "uuid", "regex"];

    private static readonly string[] s_laterGoals = ["dynamicRef", "refRemote", "vocabulary", "anchor", "unevaluatedItems", "unevaluatedProperties"];

    // One compilation for all files of a folder: what takes time is the compiler.
    private static readonly FrozenDictionary<string, Lazy<CompiledFolder>> s_folders = new[] { Required, Optional, Formats }
        .ToFrozenDictionary(static folder => folder, static folder => new Lazy<CompiledFolder>(() => CompiledFolder.Of(folder)));

    public static TheoryData<string, string> Files
    {
        get
        {
            var files = new TheoryData<string, string>();
            foreach (var folder in s_folders.Keys.Where(static folder => Directory.Exists(PathOf(folder))).Order(StringComparer.Ordinal))
            {
                foreach (var file in FilesOf(folder))
                {
                    files.Add(folder, file);
                }
            }

            // A theory without a row fails where the data is absent; this row is skipped like all.
            if (files.Count == 0)
            {
                files.Add(Required, "absent");
            }

            return files;
        }
    }

    [SharedDataTheory(Suite)]
    [MemberData(nameof(Files))]
    public void A_file_passes(string folder, string file)
    {
        var (schemas, tests) = s_folders[folder].Value;

        Assert.Empty(tests
            .Where(test => test.File == file && (schemas.Problems.ContainsKey(test.Schema) || schemas.Allows(test.Schema, test.Data) != test.IsValid))
            .Select(test => test.Name + (schemas.Problems.TryGetValue(test.Schema, out var problems) ? " — " + problems[0].Message : "")));
    }

    [SharedDataFact(Suite)]
    public void No_test_is_left_out()
    {
        var required = s_folders[Required].Value.Tests;

        Assert.Equal(1299, required.Count);
        Assert.Equal(1011, required.Count(static test => !s_laterGoals.Contains(test.File)));
        Assert.Equal(162, s_folders[Optional].Value.Tests.Count);
        Assert.Equal(461 + 8, s_folders[Formats].Value.Tests.Count);
    }

    private static string PathOf(string folder) => SharedData.Find($"{Suite}/tests/draft2020-12/{(folder == Required ? "" : folder)}");

    private static IEnumerable<string> FilesOf(string folder) => Directory.GetFiles(PathOf(folder), "*.json")
        .Select(static file => Path.GetFileNameWithoutExtension(file))
        .Where(file => folder != Formats || s_assertedFormats.Contains(file))
        .Order(StringComparer.Ordinal);

    private sealed record SuiteTest(string File, int Schema, string Name, string Data, bool IsValid);

    private sealed record CompiledFolder(CompiledSchemas Schemas, IReadOnlyList<SuiteTest> Tests)
    {
        public static CompiledFolder Of(string folder)
        {
            var remotes = Remotes();
            var schemas = new CompiledSchemas();
            var tests = new List<SuiteTest>();
            foreach (var file in FilesOf(folder))
            {
                using var groups = JsonDocument.Parse(File.ReadAllText(Path.Combine(PathOf(folder), file + ".json")));
                foreach (var group in groups.RootElement.EnumerateArray())
                {
                    var schema = schemas.Add(group.GetProperty("schema").GetRawText(), remotes, assertsFormat: folder == Formats);
                    foreach (var test in group.GetProperty("tests").EnumerateArray())
                    {
                        tests.Add(new(file, schema, $"{group.GetProperty("description")}: {test.GetProperty("description")}", test.GetProperty("data").GetRawText(), test.GetProperty("valid").GetBoolean()));
                    }
                }
            }

            return new CompiledFolder(schemas.Build(), tests);
        }

        private static List<SchemaText> Remotes()
        {
            var folder = SharedData.Find(Suite + "/remotes");
            return [.. Directory.GetFiles(folder, "*.json", SearchOption.AllDirectories)
                .Select(file => (Path: Path.GetRelativePath(folder, file).Replace('\\', '/'), File: file))
                .Where(static remote => !remote.Path.StartsWith("draft", StringComparison.Ordinal) || remote.Path.StartsWith("draft20", StringComparison.Ordinal))
                .Select(static remote => new SchemaText("http://localhost:1234/" + remote.Path, File.ReadAllText(remote.File)))];
        }
    }
}
