using PromptGen.Generators.Model;
using PromptGen.Generators.Schemas.Files;
using static PromptGen.Generators.Tests.Growth.Project;

namespace PromptGen.Generators.Tests.Growth;

/// <summary>
/// Four times as much to read takes generator and analyzers about four times as long, whatever it is. The bound is far from both four and
/// sixteen, the shortest of several readings counts, and the larger size is read again while it is above the bound: a busy machine does not matter.
/// </summary>
[Collection(nameof(GrowthTests))]
[CollectionDefinition(nameof(GrowthTests), DisableParallelization = true)]
public sealed class GrowthTests
{
    private const int MostTimes = 9;

    private static readonly Dictionary<string, (int Size, Func<int, Project> Make)> Families = new()
    {
        ["open braces"] = (10_000, static n => OfTemplate(Repeat("{", n))),
        ["open tags"] = (5_000, static n => OfTemplate(Repeat("{{ ", n))),
        ["open comments"] = (5_000, static n => OfTemplate(Repeat("{{!-- ", n))),
        ["open strings"] = (5_000, static n => OfTemplate(Repeat("{{ \"", n))),
        ["wrong tags in a file"] = (5_000, static n => Of(
            "public partial class Desk { [RoutedPrompt(Tier.Fast)] [PromptTemplate(File = \"a.prompt\")] public partial Task<string> AskAsync(string a); }",
            ("/x/a.prompt", Repeat("{{else}}", n)))),
        ["comments in text"] = (10_000, static n => OfTemplate(Repeat("some text {{!x}}", n))),
        ["wrong ends of a block with a long name"] = (2_000, static n => OfTemplate($"{{{{#{new string('x', n)}}}}}" + Repeat("{{/y}}", n))),
        ["loops"] = (1_000, static n => OfTemplate(Repeat("{{#each o.lines}}{{#each lines}}{{@last}}{{/each}}{{else}}x{{/each}}", n))),
        ["unknown names among many parameters"] = (500, static n => OfTemplate(Join("", n, static i => $"{{{{q{i}}}}}"), Join(", ", n, static i => $"string p{i}"))),
        ["many parameters"] = (500, static n => OfTemplate(Join("", n, static i => $"{{{{p{i}}}}}"), Join(", ", n, static i => $"string p{i}"))),
        ["secrets"] = (3_000, static n => OfTemplate(Repeat("password=abc1 ", n))),
        ["models of a tier"] = (700, static n => OfModels(n, Asking("[RoutedPrompt(Tier.Fast)] [PromptTemplate(\"x\")]"))),
        ["models of a tier beside fallbacks"] = (700, static n => OfModels(n, Asking(
            $"[RoutedPrompt(Tier.Fast, Fallbacks = new[] {{ {Join(", ", 100, static i => $"Models.M{i}")} }})] [PromptTemplate(\"x\")]"))),
        ["prompts that each misspell a model"] = (400, static n => OfModels(n, Prompts(n, static i => $"[RoutedPrompt(\"xodel-{i}-2024-07-1\")] [PromptTemplate(\"x\")]"))),
        ["templates for one model each"] = (300, static n => OfModels(n, Asking(
            "[RoutedPrompt(Tier.Fast)] " + Join("", n, static i => $"[PromptTemplate(\"x\", For = Models.M{i})]")))),
        ["prompts of a class"] = (300, static n => Of($"public partial class Desk {{ {Join("\n", n, static i => $"[RoutedPrompt(Tier.Fast)] [PromptTemplate(\"x\")] public partial Task<string> Ask{i}Async();")} }}")),
        ["parts of a class"] = (300, static n => Of(Join("\n", n, static i => $"public partial class Desk {{ [RoutedPrompt(Tier.Fast)] [PromptTemplate(\"x\")] public partial Task<string> Ask{i}Async(); }}"))),
        ["unions"] = (150, static n => Of(Join("\n", n, static i => $$"""
            public abstract record U{{i}};
            public record V{{i}}(string A) : U{{i}};
            public partial class Desk{{i}} { [RoutedPrompt(Tier.Fast)] [PromptTemplate("x")] public partial Task<U{{i}}> AskAsync(); }
            """))),
        ["template files"] = (300, static n => Of(
            Prompts(n, static i => $"[RoutedPrompt(Tier.Fast)] [PromptTemplate(File = \"f{i}/a.prompt\")]"),
            [.. Enumerable.Range(0, n).Select(static i => ($"/x/f{i}/a.prompt", "hello"))])),
        ["missing template files"] = (300, static n => Of(
            Prompts(n, static i => $"[RoutedPrompt(Tier.Fast)] [PromptTemplate(File = \"y/s{i}.promp\")]"),
            [.. Enumerable.Range(0, n).Select(static i => ($"/x/y/t{i}.prompt", "hello"))])),
        ["allowed values of an enum"] = (500, static n => OfOutput(
            "Answer", $"public enum E {{ {Join(", ", n, static i => $"M{i}")} }} public record Answer([property: AllowedValues({Join(", ", n, static i => $"E.M{i}")})] E E);")),
        ["braces in a pattern"] = (8_000, static n => OfPattern(Repeat("{", n))),
        ["open repetitions in a pattern"] = (8_000, static n => OfPattern(Repeat("{1,", n) + "}")),
        ["groups with open names in a pattern"] = (5_000, static n => OfPattern(Repeat("(?<a", n))),
        ["alternatives of a pattern"] = (4_000, static n => OfPattern(Join("|", n, static i => $"a{i}"))),
        ["arrays of arrays"] = (1_000, static n => OfTemplate("{{json a}}", $"int{Repeat("[]", n)} a")),
        ["members of a schema"] = (1_000, static n => OfSchema(
            $"{{\"type\":\"object\",\"properties\":{{{Join(",", n, static i => $"\"p{i}\":{{\"type\":\"string\"}}")}}},\"required\":[{Join(",", n, static i => $"\"p{i}\"")}]}}")),
        ["references to a chain of references"] = (1_000, static n => OfSchema(
            $"{{\"type\":\"object\",\"properties\":{{{Join(",", n, static i => $"\"p{i}\":{{\"$ref\":\"#/$defs/d{i}\"}}")}}},\"$defs\":{{{Join(",", n, static i => $"\"d{i}\":{{\"$ref\":\"#/$defs/d{i + 1}\"}}")},\"d{n}\":{{\"type\":\"string\"}}}}}}")),
        ["parts of an allOf"] = (500, static n => OfSchema(
            $"{{\"type\":\"object\",\"allOf\":[{Join(",", n, static i => $"{{\"properties\":{{\"p{i}\":{{\"type\":\"string\"}}}},\"required\":[\"p{i}\"]}}")}]}}")),
        ["keywords that nobody knows"] = (1_000, static n => OfSchema($"{{\"type\":\"object\",{Join(",", n, static i => $"\"zzzzzzzz{i}\":1")}}}")),
        ["schemas of one name"] = (1_000, static n => OfSchema(
            $"{{\"type\":\"object\",\"properties\":{{{Join(",", n, static i => $"\"{new string('-', 1 + (i % 50))}{new string('_', 1 + (i / 50))}\":{{\"type\":\"object\",\"required\":[\"a\"]}}")}}}}}")),
        ["files of a schema"] = (200, static n => OfSchema(
            $"{{\"type\":\"object\",\"properties\":{{{Join(",", n, static i => $"\"p{i}\":{{\"$ref\":\"f{i}.json\"}}")}}}}}",
            [.. Enumerable.Range(0, n).Select(static i => ($"/x/f{i}.json", "{\"type\":\"string\"}"))])),
    };

    public static TheoryData<string> Names => [.. Families.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Four_times_as_much_takes_about_four_times_as_long(string family)
    {
        var (size, make) = Families[family];
        make(size / 8).Measure();

        var once = make(size).Measure(readings: 3);
        var bound = new Work((MostTimes * once.Time) + TimeSpan.FromMilliseconds(250), (MostTimes * once.Bytes) + 4_000_000);
        var fourTimes = make(4 * size).Measure(readings: 5, until: bound);

        Assert.True(fourTimes.Time <= bound.Time, $"{once.Time.TotalMilliseconds:N0} ms, then {fourTimes.Time.TotalMilliseconds:N0} ms");
        Assert.True(fourTimes.Bytes <= bound.Bytes, $"{once.Bytes:N0} bytes, then {fourTimes.Bytes:N0} bytes");
    }

    [Fact]
    public void Schemas_that_share_their_parts_are_not_read_once_for_each_way_to_them()
    {
        var definitions = Join(",", 40, static i => $"\"d{i}\":{{\"allOf\":[{Join(",", 8, _ => $"{{\"$ref\":\"#/$defs/d{i + 1}\"}}")}]}}");
        var source = SchemaSource.Of(new SchemaTexts(new([new SchemaText("a.json", $"{{\"allOf\":[{{\"$ref\":\"#/$defs/d0\"}}],\"$defs\":{{{definitions},\"d40\":{{\"type\":\"string\"}}}}}}")])));

        Assert.Empty(source.Program.Problems);
        Assert.True(source.IsWrapped);
    }

    [Fact]
    public void All_prompts_of_a_schema_file_compile_it_once()
    {
        static long Bytes(int prompts) => Of(
            Join("\n", prompts, static i => $"public partial class Desk{i} {{ [RoutedPrompt(Tier.Fast)] [PromptTemplate(\"x\")] [OutputSchema(\"a.schema.json\")] public partial Task<System.Text.Json.JsonElement> AskAsync(); }}"),
            ("/x/a.schema.json", $"{{\"type\":\"object\",\"properties\":{{{Join(",", 2_000, static i => $"\"p{i}\":{{\"type\":\"string\"}}")}}}}}")).Measure().Bytes;

        Bytes(1);

        Assert.InRange(Bytes(33), 0, 2 * Bytes(1));
    }

    private static Project OfPattern(string pattern) => OfOutput("Answer", $"public record Answer([property: RegularExpression(\"{pattern}\")] string A);");

    private static string Asking(string attributes) => $"public partial class Desk {{ {attributes} public partial Task<string> AskAsync(); }}";

    private static string Prompts(int count, Func<int, FormattableString> attributes) =>
        Join("\n", count, i => $"public partial class Desk{i} {{ {attributes(i)} public partial Task<string> AskAsync(); }}");
}
