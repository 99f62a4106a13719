using Microsoft.CodeAnalysis;
using static PromptGen.Generators.Tests.Growth.Project;

namespace PromptGen.Generators.Tests.Growth;

/// <summary>Whatever nests without end ends in a diagnostic, on a stack as small as a compiler's thread may have.</summary>
public sealed class DepthTests
{
    private const int SmallStack = 1024 * 1024;

    private static readonly Dictionary<string, (string? Id, Func<Project> Make)> Families = new()
    {
        ["blocks"] = ("PG0205", static () => OfTemplate(Repeat("{{#if a}}", 100_000))),
        ["closed blocks"] = ("PG0205", static () => OfTemplate(Repeat("{{#if a}}x", 20_000) + Repeat("{{/if}}", 20_000))),
        ["else-ifs"] = ("PG0205", static () => OfTemplate("{{#if a}}" + Repeat("{{else if a}}x", 20_000) + "{{/if}}")),
        ["loops"] = ("PG0205", static () => OfTemplate("{{#each o.lines}}" + Repeat("{{#each lines}}", 20_000) + Repeat("{{/each}}", 20_000))),
        ["a path of members"] = ("PG0205", static () => OfTemplate("{{o" + Repeat(".next", 10_000) + "}}")),
        ["a path that ends where it may"] = (null, static () => OfTemplate("{{a}}{{items.count}}{{o" + Repeat(".next", 62) + ".name}}")),
        ["a path outwards"] = ("PG0205", static () => OfTemplate("{{" + Repeat("../", 10_000) + "a}}")),
        ["partials"] = ("PG0205", static () => OfTemplate(Repeat("{{> a}}", 10_000))),
        ["groups of a pattern"] = ("PG0302", static () => OfOutput(
            "Answer", $"public record Answer([property: RegularExpression(\"{Repeat("(", 16_000)}a{Repeat(")", 16_000)}\")] string A);")),
        ["a pattern without end"] = ("PG0302", static () => OfOutput(
            "Answer", $"public record Answer([property: RegularExpression(\"{Repeat("(", 50_000)}a{Repeat(")", 50_000)}\")] string A);")),
        ["groups of a pattern beside brackets"] = ("PG0302", static () => OfOutput(
            "Answer", $"public record Answer([property: RegularExpression(\"{Repeat("([])]", 3_000)}{Repeat("([^])]", 2_000)}{Repeat(")", 5_000)}\")] string A);")),
        ["groups of a schema's pattern"] = ("PG0303", static () => OfSchema(
            $"{{\"type\":\"object\",\"properties\":{{\"a\":{{\"pattern\":\"{Repeat("(", 16_000)}a{Repeat(")", 16_000)}\"}}}}}}")),
        ["schemas in schemas"] = ("PG0303", static () => OfSchema(Repeat("{\"items\":", 100_000) + "true" + Repeat("}", 100_000))),
        ["schemas of one value"] = ("PG0303", static () => OfSchema(
            $"{{\"type\":\"object\",\"allOf\":[{{\"$ref\":\"#/$defs/d0\"}}],\"$defs\":{{{Join(",", 9_000, static i => $"\"d{i}\":{{\"maxProperties\":{i + 10},\"$ref\":\"#/$defs/d{i + 1}\"}}")},\"d9000\":{{\"type\":\"object\"}}}}}}")),
        ["references in the place of each other"] = (null, static () => OfSchema(
            $"{{\"type\":\"object\",\"required\":[\"p9000\"],\"properties\":{{{Join(",", 9_000, static i => $"\"p{i}\":{{\"$ref\":\"#/properties/p{i + 1}\"}}")},\"p9000\":{{\"type\":\"string\"}}}}}}")),
        ["schemas against a type that holds itself"] = (null, static () => Of(
            """
            public record Node(string? Name = null, Node? Next = null);
            public partial class Desk { [RoutedPrompt(Tier.Fast)] [PromptTemplate("x")] [OutputSchema("a.schema.json")] public partial Task<Node> AskAsync(); }
            """,
            ("/x/a.schema.json", $"{{\"$ref\":\"#/$defs/d0\",\"$defs\":{{{Join(",", 9_000, static i => $"\"d{i}\":{{\"type\":\"object\",\"properties\":{{\"next\":{{\"$ref\":\"#/$defs/d{i + 1}\"}}}}}}")},\"d9000\":{{\"type\":\"object\"}}}}}}"))),
        ["types in types"] = ("PG0301", static () => OfOutput($"{Repeat("List<", 200)}int{Repeat(">", 200)}")),
        ["types in parameters"] = ("PG0205", static () => OfTemplate("{{a}}{{json b}}", $"string a, {Repeat("List<", 200)}int{Repeat(">", 200)} b")),
        ["arrays in arrays"] = ("PG0301", static () => OfOutput($"int{Repeat("[]", 2_000)}")),
        ["members of members"] = ("PG0301", static () => OfOutput(
            "O0", Join("\n", 300, static i => $"public record O{i}(O{i + 1} Next);") + "public record O300(int A);")),
        ["base types"] = (null, static () => OfOutput(
            "O200", "public class O0 { public int M0 { get; set; } }" + Join("\n", 200, static i => $"public class O{i + 1} : O{i} {{ public int M{i + 1} {{ get; set; }} }}"))),
        ["classes in classes"] = (null, static () => Of(
            "public partial class Desk { " + Join("", 200, static i => $"public partial class Inner{i} {{ ")
            + "[RoutedPrompt(Tier.Fast)] [PromptTemplate(\"x\")] public partial Task<string> AskAsync(); " + Repeat("}", 201))),
    };

    public static TheoryData<string> Names => [.. Families.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void What_nests_without_end_ends_in_a_diagnostic(string family)
    {
        var (id, make) = Families[family];
        var project = make();
        var compilation = project.Compile();
        Diagnostic[] found = [];
        var thread = new Thread(() => found = project.Judge(compilation), SmallStack);

        thread.Start();
        thread.Join();

        Assert.DoesNotContain(found, static diagnostic => diagnostic.Id is "CS8785" or "AD0001");
        Assert.Equal(id is null ? [] : [id], found.Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Select(static diagnostic => diagnostic.Id).Distinct());
    }
}
