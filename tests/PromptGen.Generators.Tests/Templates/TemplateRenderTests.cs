namespace PromptGen.Generators.Tests.Templates;

/// <summary>What templates render to, from text to messages.</summary>
public sealed class TemplateRenderTests
{
    private const string Types = """
        public enum Urgency { Low, High }
        public readonly record struct Point(int X, int Y);
        public record Customer(string? Name, bool IsVip, Point? Home = null);
        public record Line(string Sku, int Count, Urgency Urgency = Urgency.Low);
        public class Base { public string Id { get; set; } = "b1"; }
        public class Order : Base
        {
            public Customer? Customer { get; set; }
            public List<Line> Lines { get; set; } = [];
            public IEnumerable<string> Tags { get; set; } = [];
            public Dictionary<string, decimal> Prices { get; set; } = new();
            public string @class = "c";
        }
        public class Tree { public string Name { get; set; } = ""; public List<Tree> Children { get; set; } = []; public Tree? Parent { get; set; } }
        """;

    private static void Renders(string expected, string template, string parameters, string arguments) =>
        Assert.Equal(["user: " + expected], TemplateHarness.Render(template, parameters, arguments, Types));

    [Theory]
    [InlineData("int value", "42", "42")]
    [InlineData("int? value", "null", "[]")]
    [InlineData("double value", "1234.5", "1234.5")]
    [InlineData("decimal? value", "0.10m", "0.10")]
    [InlineData("bool value", "true", "true")]
    [InlineData("bool? value", "false", "false")]
    [InlineData("char value", "'x'", "x")]
    [InlineData("Urgency value", "Urgency.High", "High")]
    [InlineData("Urgency? value", "Urgency.Low", "Low")]
    [InlineData("Urgency value", "(Urgency)7", "7")]
    [InlineData("DateTime value", "new DateTime(2026, 11, 21, 22, 30, 0, DateTimeKind.Utc)", "2026-11-21T22:30:00.0000000Z")]
    [InlineData("DateTimeOffset? value", "new DateTimeOffset(2026, 11, 21, 22, 30, 0, TimeSpan.FromHours(1))", "2026-11-21T22:30:00.0000000+01:00")]
    [InlineData("DateOnly value", "new DateOnly(2026, 11, 21)", "2026-11-21")]
    [InlineData("TimeOnly value", "new TimeOnly(8, 5)", "08:05:00")]
    [InlineData("TimeSpan value", "TimeSpan.FromMinutes(90)", "01:30:00")]
    [InlineData("Guid value", "Guid.Empty", "00000000-0000-0000-0000-000000000000")]
    [InlineData("Uri? value", "new Uri(\"https://example.com/a%20b\")", "https://example.com/a%20b")]
    [InlineData("string? value", "null", "[]")]
    [InlineData("string @class", "\"k\"", "k", "[{{class}}]")]
    [InlineData("string prompt", "\"p\"", "p", "[{{prompt}}]")]
    [InlineData("string json", "\"j\"", "j", "[{{json}}]")]
    public void Values(string parameter, string argument, string expected, string template = "[{{value}}]") =>
        Renders(expected == "[]" ? expected : $"[{expected}]", template, parameter, argument);

    [Theory]
    [InlineData("{{order.Customer.Name}}", "Ada")]
    [InlineData("{{order.customer.name}}", "Ada")]
    [InlineData("{{Order.Customer.Name}}", "Ada")]
    [InlineData("{{this.order.id}}", "b1")]
    [InlineData("{{./order.id}}", "b1")]
    [InlineData("{{order/customer/name}}", "Ada")]
    [InlineData("{{@root.order.id}}", "b1")]
    [InlineData("{{{order.id}}}", "b1")]
    [InlineData("{{&order.id}}", "b1")]
    [InlineData("{{order.class}}", "c")]
    [InlineData("{{order.customer.home.x}}", "3")]
    [InlineData("{{order.customer.name.length}} {{order.lines.count}}", "3 2")]
    public void Paths(string template, string expected) => Renders(
        $"<{expected}>",
        $"<{template}>",
        "Order order",
        """new Order { Customer = new("Ada", true, new Point(3, 4)), Lines = [new("a", 1), new("b", 2)] }""");

    [Fact]
    public void Null_on_a_path_writes_nothing() =>
        Renders("<>", "<{{order.customer.name}}{{order.customer.home.x}}{{order.customer.isVip}}>", "Order? order", "new Order()");

    [Theory]
    [InlineData("string? x", "\"a\"", true)]
    [InlineData("string? x", "\"\"", false)]
    [InlineData("string? x", "null", false)]
    [InlineData("bool x", "false", false)]
    [InlineData("bool? x", "null", false)]
    [InlineData("int x", "0", false)]
    [InlineData("int x", "-1", true)]
    [InlineData("decimal? x", "0m", false)]
    [InlineData("decimal? x", "null", false)]
    [InlineData("double? x", "0.5", true)]
    [InlineData("Urgency x", "Urgency.Low", true)]
    [InlineData("Urgency? x", "null", false)]
    [InlineData("List<int> x", "[]", false)]
    [InlineData("int[]? x", "[0]", true)]
    [InlineData("IEnumerable<int>? x", "null", false)]
    [InlineData("IEnumerable<int> x", "[1]", true)]
    [InlineData("Dictionary<string, int> x", "new()", false)]
    [InlineData("Customer? x", "null", false)]
    [InlineData("Customer? x", "new(null, false)", true)]
    [InlineData("DateOnly x", "default", true)]
    public void Truthiness(string parameter, string argument, bool expected)
    {
        Renders(expected ? "yes" : "no", "{{#if x}}yes{{else}}no{{/if}}", parameter, argument);
        Renders(expected ? "no" : "yes", "{{#unless x}}yes{{else}}no{{/unless}}", parameter, argument);
    }

    [Theory]
    [InlineData("true, 1", "a")]
    [InlineData("false, 1", "b")]
    [InlineData("false, 0", "c")]
    public void Else_if(string arguments, string expected) =>
        Renders(expected, "{{#if x}}a{{else if y}}b{{else}}c{{/if}}", "bool x, int y", arguments);

    [Fact]
    public void If_without_then_branch() => Renders("-none", "-{{#if x}}{{else}}none{{/if}}", "string x", "\"\"");

    [Fact]
    public void Each_over_items_with_index_and_outer_scope() => Renders(
        "1of2 a first;acme\n2of2 b last;acme\n",
        """
        {{#each order.lines}}
        {{count}}of{{../order.lines.count}} {{sku}}{{#if @first}} first{{/if}}{{#if @last}} last{{/if}};{{../tenant}}
        {{/each}}

        """,
        "Order order, string tenant",
        """new Order { Lines = [new("a", 1), new("b", 2)] }, "acme" """);

    [Theory]
    [InlineData("[\"x\", \"y\"]", "0x,1y")]
    [InlineData("[]", "none")]
    [InlineData("null", "none")]
    public void Each_with_else(string argument, string expected)
    {
        const string template = "{{#each tags}}{{@index}}{{this}}{{#unless @last}},{{/unless}}{{else}}none{{/each}}";
        Renders(expected, template, "string[]? tags", argument);
        Renders(expected, template, "List<string>? tags", argument);
        Renders(expected, template, "IEnumerable<string>? tags", argument);
        Renders(expected, template, "IReadOnlyList<string>? tags", argument);
        Renders(expected, template, "HashSet<string>? tags", argument);
        Renders(expected, template, "IList<string>? tags", argument);
    }

    [Fact]
    public void Each_over_a_list_that_counts_twice() => Assert.Equal(
        ["user: a,b"],
        TemplateHarness.Render(
            "{{#each x}}{{this}}{{#unless @last}},{{/unless}}{{/each}}",
            "IBoth x",
            "new Both { \"a\", \"b\" }",
            "public interface IBoth : IList<string>, IReadOnlyList<string>; public class Both : List<string>, IBoth;"));

    [Fact]
    public void Each_over_immutable_array() => Renders("ab", "{{#each tags}}{{.}}{{/each}}", "ImmutableArray<string> tags", "[\"a\", \"b\"]");

    [Theory]
    [InlineData("ImmutableArray<string>? x", "[\"a\", \"b\"]", "ab")]
    [InlineData("ImmutableArray<string>? x", "null", "none")]
    [InlineData("IEnumerable<string?> x", "[null, \"b\"]", "b")]
    [InlineData("IReadOnlySet<char> x", "new HashSet<char> { 'a' }", "a")]
    [InlineData("Queue<int> x", "new([1, 2])", "12")]
    [InlineData("IReadOnlyCollection<int?> x", "[1, null]", "1")]
    public void Each_over_other_collections(string parameter, string argument, string expected) =>
        Renders(expected, "{{#each x}}{{this}}{{else}}none{{/each}}", parameter, argument);

    [Fact]
    public void Each_over_the_values_of_a_dictionary() => Renders(
        "a:12;",
        "{{#each x}}{{@key}}:{{#each this}}{{this}}{{/each}};{{/each}}",
        "Dictionary<string, List<int>> x",
        """new() { ["a"] = [1, 2] }""");

    [Fact]
    public void Members_of_pairs_tuples_and_generic_types() => Assert.Equal(
        ["user: k1 7a x,y {\"items\":[\"x\",\"y\"],\"next\":{\"items\":[1],\"next\":null}} 1.2 {\"id\":3}"],
        TemplateHarness.Render(
            "{{pair.key}}{{pair.value}} {{tuple.number}}{{tuple.text}} {{#each page.items}}{{this}}{{#unless @last}},{{/unless}}{{/each}} {{json page}} {{version}} {{json nested}}",
            "KeyValuePair<string, int> pair, (int Number, string Text) tuple, Page<string, Page<int, Nothing>> page, Version version, Outer.Inner nested",
            "new(\"k\", 1), (7, \"a\"), new([\"x\", \"y\"], new([1], null)), new(1, 2), new(3)",
            "public record Page<T, TNext>(T[] Items, TNext? Next) where TNext : class; public record Nothing; public class Outer { public record Inner(int Id); }"));

    [Fact]
    public void Each_over_dictionary() => Renders(
        "0 tea=1.5\n1 milk=2\n",
        "{{#each prices}}\n{{@index}} {{@key}}={{this}}\n{{/each}}\n",
        "IReadOnlyDictionary<string, decimal> prices",
        """new Dictionary<string, decimal> { ["tea"] = 1.5m, ["milk"] = 2m } """);

    [Fact]
    public void Each_within_each() => Renders(
        "a:a1 a2;b:b1;",
        "{{#each trees}}{{name}}:{{#each children}}{{#unless @first}} {{/unless}}{{../name}}{{name}}{{/each}};{{/each}}",
        "List<Tree> trees",
        """[new() { Name = "a", Children = [new() { Name = "1" }, new() { Name = "2" }] }, new() { Name = "b", Children = [new() { Name = "1" }] }]""");

    [Fact]
    public void Two_loops_over_the_same_collection() => Renders(
        "abab",
        "{{#each o.tags}}{{this}}{{/each}}{{#each o.tags}}{{this}}{{/each}}",
        "Order o",
        """new Order { Tags = ["a", "b"] }""");

    [Fact]
    public void Names_in_generated_code_never_clash() => Renders(
        "ab-ab:b1;abx",
        "{{#each o.tags}}{{this}}{{else}}?{{/each}}-{{#each o.tags}}{{this}}{{/each}}:{{#each tag.lines}}{{../o.id}}{{/each}};{{#each tagItem}}{{#each ../o.tags}}{{this}}{{/each}}{{this}}{{/each}}",
        "Order o, Order tag, string[] tagItem",
        """new Order { Tags = ["a", "b"] }, new Order { Lines = [new("", 1)] }, ["x"]""");

    [Theory]
    [InlineData("a\n{{#if x}}\nb\n{{else}}\nc\n{{/if}}\nd\n", "a\nb\nd\n")]
    [InlineData("a\n  {{#if x}}  \n  b\n  {{/if}}\t\nd", "a\n  b\nd")]
    [InlineData("a\r\n{{#if x}}\r\nb\r\n{{/if}}\r\nd", "a\nb\nd")]
    [InlineData("a\n{{! gone }}\nb", "a\nb")]
    [InlineData("a\n{{!-- gone }} too --}}\nb", "a\nb")]
    [InlineData("a {{! gone }} b", "a  b")]
    [InlineData("a{{!-- ~}} b --}}c", "ac")]
    [InlineData("a{{!--~}}  b--}}c", "ab--}}c")]
    [InlineData("a {{!-- x --~}}  b", "a b")]
    [InlineData("{{#if x}}b{{/if}}\n", "b\n")]
    [InlineData("a {{~x~}} b", "atrueb")]
    [InlineData("a {{~{x}~}} b", "atrueb")]
    [InlineData(@"\{{x}} {{x}}", "{{x}} true")]
    [InlineData(@"\\{{x}}", @"\true")]
    [InlineData(@"a\b}}", @"a\b}}")]
    [InlineData("{ {x} }", "{ {x} }")]
    public void Whitespace_and_escapes(string template, string expected) => Renders(expected, template, "bool x", "true");

    [Fact]
    public void A_role_alone_on_its_line_separates_messages_without_a_trace() => Assert.Equal(
        ["system: You triage.", "user: Hello\n\n  there", "assistant: ok"],
        TemplateHarness.Render(
            "{{role \"system\"}}\nYou triage.\n  {{role \"user\"}}  \r\n{{x}}\n\n  there\r\n{{role \"assistant\"}}\nok",
            "string x",
            "\"Hello\""));

    [Fact]
    public void A_role_in_a_branch() => Assert.Equal(
        ["user: q", "assistant: a", "user: z"],
        TemplateHarness.Render("q\n{{#if x}}\n{{role \"model\"}}\na\n{{/if}}\n{{role \"user\"}}\nz", "bool x", "true").Select(static text => text.TrimEnd('\n')));

    [Fact]
    public void Schema() => Renders("Answer as {\"type\":\"object\"}.", "Answer as {{schema}}.", "", "");

    [Theory]
    [InlineData("string[] x", "[\"a\\\"\\n\\\\\\u0001é<\"]", "[\"a\\\"\\n\\\\\\u0001é<\"]")]
    [InlineData("int? x", "null", "null")]
    [InlineData("double[] x", "[1.5, double.NaN]", "[1.5,null]")]
    [InlineData("Urgency x", "Urgency.High", "\"High\"")]
    [InlineData("Urgency?[] x", "[Urgency.High, null]", "[\"High\",null]")]
    [InlineData("DateOnly x", "new DateOnly(2026, 1, 2)", "\"2026-01-02\"")]
    [InlineData("int[][] x", "[[1, 2], []]", "[[1,2],[]]")]
    [InlineData("Dictionary<string, List<int>> x", "new() { [\"a\"] = [1] }", "{\"a\":[1]}")]
    [InlineData("Dictionary<int, bool?> x", "new() { [1] = null }", "{\"1\":null}")]
    [InlineData("Dictionary<Urgency, string> x", "new() { [Urgency.Low] = \"v\" }", "{\"Low\":\"v\"}")]
    [InlineData("Point? x", "new Point(1, 2)", "{\"x\":1,\"y\":2}")]
    [InlineData("Point[] x", "[new(1, 2)]", "[{\"x\":1,\"y\":2}]")]
    [InlineData("Customer? x", "null", "null")]
    [InlineData("(int Number, string Text) x", "(1, \"a\")", "{\"number\":1,\"text\":\"a\"}")]
    [InlineData("Uri x", "new Uri(\"https://a/b\")", "\"https://a/b\"")]
    [InlineData("char x", "'\"'", "\"\\\"\"")]
    [InlineData("ImmutableArray<int>? x", "[1]", "[1]")]
    [InlineData("Tree x", "new() { Name = \"r\", Children = [new() { Name = \"c\" }] }", "{\"name\":\"r\",\"children\":[{\"name\":\"c\",\"children\":[],\"parent\":null}],\"parent\":null}")]
    [InlineData("Order x", "new() { Lines = [new(\"s\", 2)], Tags = [\"t\"] }", "{\"customer\":null,\"lines\":[{\"sku\":\"s\",\"count\":2,\"urgency\":\"Low\"}],\"tags\":[\"t\"],\"prices\":{},\"class\":\"c\",\"id\":\"b1\"}")]
    public void Json(string parameter, string argument, string expected) => Renders("<" + expected + ">", "<{{json x}}>", parameter, argument);

    [Fact]
    public void Indented_json_is_what_JSON_stringify_writes() => Renders(
        "{\n  \"a\": [\n    1,\n    2\n  ],\n  \"b\": {},\n  \"c\": []\n}",
        "{{json this indent=2}}",
        "int[] a, Dictionary<string, int> b, int[] c",
        "[1, 2], new(), []");

    [Fact]
    public void Json_names() => Assert.Equal(
        ["user: {\"the_id\":1,\"url\":\"u\"}"],
        TemplateHarness.Render(
            "{{json x}}",
            "Named x",
            "new(1, \"u\", 2)",
            "public record Named([property: JsonPropertyName(\"the_id\")] int Id, string URL, [property: JsonIgnore] int Hidden);"));

    [Fact]
    public void Json_of_a_value_that_contains_itself_is_an_error()
    {
        var exception = Assert.ThrowsAny<Exception>(() => TemplateHarness.Render(
            "{{json x}}",
            "Loop x",
            "Loop.Endless()",
            "public class Loop { public Loop? Next { get; set; } public static Loop Endless() { var loop = new Loop(); loop.Next = loop; return loop; } }"));
        Assert.Equal(PromptErrorCode.Configuration, Assert.IsType<PromptException>(exception).Code);
    }

    [Theory]
    [InlineData("{{media url=x contentType=\"image/png\"}}", "byte[] x", "[1, 2]", "<2 bytes image/png>")]
    [InlineData("{{media url=x contentType=\"image/png\"}}", "ReadOnlyMemory<byte> x", "new byte[] { 1 }", "<1 bytes image/png>")]
    [InlineData("{{media url=x contentType=\"image/png\"}}", "ReadOnlyMemory<byte>? x", "new byte[] { 1 }", "<1 bytes image/png>")]
    [InlineData("{{media url=x}}", "Uri x", "new(\"https://a/b.jpg\")", "<https://a/b.jpg image/jpeg>")]
    [InlineData("{{media url=x}}", "DataContent x", "new(new byte[] { 1 }, \"image/gif\")", "<1 bytes image/gif>")]
    [InlineData("{{media url=x}}", "UriContent x", "new(\"https://a/b\", \"image/gif\")", "<https://a/b image/gif>")]
    [InlineData("Look: {{media url=x}} there", "string x", "\"data:image/png;base64,AQID\"", "Look: <3 bytes image/png> there")]
    [InlineData("{{media url=\"https://a/b.png\"}}{{x}}", "string x", "\"!\"", "<https://a/b.png image/png>!")]
    [InlineData("a{{media url=x}}", "string? x", "null", "a")]
    public void Media(string template, string parameter, string argument, string expected) => Renders(expected, template, parameter, argument);
}
