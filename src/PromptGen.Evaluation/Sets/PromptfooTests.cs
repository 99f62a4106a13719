using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsvHelper;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace PromptGen.Evaluation;

/// <summary>
/// Tests of promptfoo: a list of tests, or a configuration with <c>tests</c> and <c>defaultTest</c>, in YAML; or a table whose columns are variables and <c>__expected</c>. Assertions that say what is
/// right are imported: <c>equals</c>, <c>contains</c>, <c>icontains</c>, <c>contains-all</c>, <c>icontains-all</c>; any other one is an error.
/// </summary>
internal static class PromptfooTests
{
    private const string Expected = "__expected";

    private static readonly string[] s_yaml = [".yaml", ".yml"];

    /// <summary>Whether a file has such tests by its name.</summary>
    public static bool Is(string path) => DataFile.Is(path, ".csv") || s_yaml.Any(extension => DataFile.Is(path, extension));

    /// <exception cref="RecordedDataException">The file cannot be read, or a test cannot be used.</exception>
    public static IReadOnlyList<EvaluationItem> Read(string path)
    {
        var errors = new List<string>();
        List<EvaluationItem> items;
        try
        {
            using var reader = JsonLine.Open(path);
            items = DataFile.Is(path, ".csv") ? ReadTable(path, reader, errors) : ReadYaml(path, reader, errors);
        }
        catch (Exception exception) when (exception is YamlException or CsvHelperException or IOException or InvalidDataException)
        {
            throw new RecordedDataException($"'{path}' cannot be read: {exception.Message.Split('\n')[0].TrimEnd()}", exception);
        }

        EvaluationSet.ThrowIfAny(errors);
        return items;
    }

    private static List<EvaluationItem> ReadTable(string path, TextReader reader, List<string> errors)
    {
        using var csv = new CsvTable(reader, isStrict: true);
        var items = new List<EvaluationItem>();
        while (csv.Read())
        {
            var item = new TestReader(string.Create(CultureInfo.InvariantCulture, $"'{path}', line {csv.Line}"), errors);
            foreach (var column in csv.Columns.Where(column => csv[column] is not null))
            {
                var cell = csv[column]!;
                if (column.StartsWith(Expected, StringComparison.Ordinal))
                {
                    item.Assert(cell);
                }
                else if (column.StartsWith("__metadata:", StringComparison.Ordinal))
                {
                    item.Tag(column["__metadata:".Length..], cell);
                }
                else if (column is "id" or "__description")
                {
                    item.Id = cell;
                }
                else if (!column.StartsWith("__", StringComparison.Ordinal))
                {
                    item.Inputs[column] = JsonSerializer.SerializeToElement(cell);
                }
            }

            items.Add(item.Build(items.Count + 1));
        }

        return items;
    }

    private static List<EvaluationItem> ReadYaml(string path, TextReader reader, List<string> errors)
    {
        var yaml = new YamlStream();
        yaml.Load(reader);
        var root = yaml.Documents.FirstOrDefault()?.RootNode;
        var defaults = Member(root, "defaultTest");
        var items = new List<EvaluationItem>();
        foreach (var test in (root is YamlSequenceNode ? root : Member(root, "tests")) as YamlSequenceNode ?? throw new RecordedDataException($"'{path}' has no list of tests."))
        {
            var item = new TestReader(string.Create(CultureInfo.InvariantCulture, $"'{path}', line {test.Start.Line}"), errors) { Id = Text(Member(test, "description")) };
            foreach (var source in (YamlNode?[])[defaults, test])
            {
                foreach (var (name, value) in Members(Member(source, "vars")))
                {
                    item.Inputs[name] = JsonSerializer.SerializeToElement(Json(value));
                }

                foreach (var (name, value) in Members(Member(source, "metadata")))
                {
                    item.Tag(name, Text(value) ?? "");
                }

                foreach (var assertion in Member(source, "assert") as YamlSequenceNode ?? [])
                {
                    item.Assert(Text(Member(assertion, "type")) ?? "", Json(Member(assertion, "value")));
                }
            }

            items.Add(item.Build(items.Count + 1));
        }

        return items;
    }

    private static YamlNode? Member(YamlNode? node, string name) => node is YamlMappingNode map && map.Children.TryGetValue(new YamlScalarNode(name), out var value) ? value : null;

    private static IEnumerable<(string Name, YamlNode Value)> Members(YamlNode? node) => (node as YamlMappingNode)?.Children.Select(static pair => (Text(pair.Key) ?? "", pair.Value)) ?? [];

    private static string? Text(YamlNode? node) => (node as YamlScalarNode)?.Value;

    /// <summary>YAML's core schema: a scalar without quotation marks may be null, a bool or a number.</summary>
    private static JsonNode? Json(YamlNode? node) => node switch
    {
        YamlSequenceNode list => new JsonArray([.. list.Select(Json)]),
        YamlMappingNode map => new JsonObject(map.Children.Select(static pair => KeyValuePair.Create(Text(pair.Key) ?? "", Json(pair.Value)))),
        YamlScalarNode { Style: ScalarStyle.Plain } scalar => scalar.Value switch
        {
            null or "" or "~" or "null" => null,
            "true" => JsonValue.Create(true),
            "false" => JsonValue.Create(false),
            var text when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) => JsonValue.Create(whole),
            var text when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) => JsonValue.Create(number),
            var text => JsonValue.Create(text),
        },
        YamlScalarNode scalar => JsonValue.Create(scalar.Value),
        _ => null,
    };

    /// <summary>What is gathered of one test.</summary>
    private sealed class TestReader(string place, List<string> errors)
    {
        private readonly List<string> _elements = [];
        private JsonElement? _expected;
        private string? _category;
        private string? _difficulty;
        private string? _cluster;

        public Dictionary<string, JsonElement> Inputs { get; } = new(StringComparer.OrdinalIgnoreCase);

        public string? Id { get; set; }

        public void Tag(string name, string value) => _ = name switch
        {
            "category" => _category = value,
            "difficulty" => _difficulty = value,
            "cluster" => _cluster = value,
            _ => null,
        };

        /// <summary>An assertion of a table: <c>type: value</c>, or a value alone, which is <c>equals</c>.</summary>
        public void Assert(string cell)
        {
            if (cell.Length == 0)
            {
                return;
            }

            var end = cell.IndexOf(':', StringComparison.Ordinal);
            var type = end > 0 ? cell[..end] : "";
            if (type.Length == 0 || !type.All(static c => char.IsAsciiLetterLower(c) || c == '-'))
            {
                Assert("equals", JsonValue.Create(cell));
                return;
            }

            var value = cell[(end + 1)..].Trim();
            Assert(type, type.EndsWith("-all", StringComparison.Ordinal) ? new JsonArray([.. value.Split(',', StringSplitOptions.TrimEntries).Select(static text => (JsonNode?)text)]) : JsonValue.Create(value));
        }

        public void Assert(string type, JsonNode? value)
        {
            switch (type)
            {
                case "equals":
                    _expected = JsonSerializer.SerializeToElement(value);
                    break;
                case "contains" or "icontains" when value is not null:
                    _elements.Add(value.ToString());
                    break;
                case "contains-all" or "icontains-all" when value is JsonArray all:
                    _elements.AddRange(all.Select(static text => text?.ToString() ?? ""));
                    break;
                default:
                    errors.Add($"{place} has an assertion '{type}', which is not imported: there are equals, contains, icontains, contains-all and icontains-all.");
                    break;
            }
        }

        public EvaluationItem Build(int number) => new(string.IsNullOrEmpty(Id) ? number.ToString(CultureInfo.InvariantCulture) : Id, Inputs, _expected, _elements)
        {
            Category = _category,
            Difficulty = _difficulty,
            Cluster = _cluster,
            Place = place,
            IsText = true,
        };
    }
}
