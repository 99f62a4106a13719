namespace PromptGen.Generators.Tests.Rules;

/// <summary>A contract that a routed provider's structured output has no way to say is worth knowing of.</summary>
public sealed class PG0304Tests
{
    private const string Openai = """[Model("openai", Tier.Fast)]""";
    private const string Azure = """[Model("azure-eu", Tier.Fast)]""";
    private const string Anthropic = """[Model("anthropic", Tier.Fast)]""";
    private const string Gemini = """[Model("google", Tier.Fast)]""";

    [Theory]
    [InlineData(Openai, "string Name, Dictionary<string, int> {|PG0304:Counts|}")]
    [InlineData(Azure, "string Name, Dictionary<string, int> {|PG0304:Counts|}")]
    [InlineData(Anthropic, "string Name, Dictionary<string, int> {|PG0304:Counts|}")]
    [InlineData(Anthropic, "string Name, List<Report> {|PG0304:Parts|}")]
    [InlineData(Gemini, "string Name, List<Report> {|PG0304:Parts|}")]
    [InlineData(Anthropic, "string Name, Case {|PG0304:Case|}")]
    public Task Fires_on_the_member(string model, string members) => Rule.VerifyAsync(Source(model, members));

    [Theory]
    [InlineData(Openai, "string Name, List<Report> Parts")]
    [InlineData(Anthropic, "string Name, List<Inner> Inners")]
    [InlineData(Gemini, "string Name, List<Report>? Parts = null")]
    [InlineData(Gemini, "string Name, Dictionary<string, int> Counts")]
    [InlineData("""[Model("ollama", Tier.Fast)]""", "string Name, Dictionary<string, int> Counts, List<Report> Parts")]
    [InlineData("""[Model("anthropic", Tier.Fast, Features = ModelFeatures.JsonMode)]""", "string Name, Dictionary<string, int> Counts")]
    [InlineData("""[Model("anthropic", Tier.Fast, Dialect = SchemaDialect.Standard)]""", "string Name, Dictionary<string, int> Counts")]
    [InlineData(Openai, "string Name, Case Case, [property: MaxLength(3)] string? Short = null")]
    public Task Stays_silent(string model, string members) => Rule.VerifyAsync(Source(model, members));

    [Fact]
    public async Task Fires_on_the_return_type_where_the_whole_is_too_much()
    {
        var members = string.Join(", ", Enumerable.Range(0, 25).Select(static i => $"int Value{i} = 0"));
        var source = Source(Anthropic, members).Replace("Task<Report>", "{|PG0304:Task<Report>|}", StringComparison.Ordinal);

        var diagnostics = await Rule.VerifyAsync(source);

        Assert.Equal(
            "The structured output of Anthropic ('the-model') cannot express 'Report' (it has 25 optional members, and 24 are allowed), "
            + "so the schema is sent in the text of the prompt, and only the generated reader enforces it: change the type, or route to a model that takes it",
            diagnostics.Message("PG0304"));
    }

    [Fact]
    public async Task The_message_names_the_way_to_the_member_and_what_happens_instead()
    {
        var diagnostics = await Rule.VerifyAsync(Source(Openai, "List<Part> Parts").Replace("// more", "public sealed record Part(Dictionary<string, int> {|PG0304:Counts|});", StringComparison.Ordinal));

        Assert.Equal(
            "The structured output of OpenAI ('the-model') cannot express 'Report.Parts[].Counts' (its members' names are not known beforehand), "
            + "so the schema is sent without strict mode, and only the generated reader enforces it: change the type, or route to a model that takes it",
            diagnostics.Message("PG0304"));
    }

    private static string Source(string model, string members) => $$$"""
        [ModelCatalog]
        public static class Models
        {
            {{{model}}}
            public const string TheModel = "the-model";
        }

        public enum Case { Upper, upper }

        public sealed record Inner(Outer.Nested Nested, Page<int> Page);

        public static class Outer { public sealed record Nested(int A); }

        public sealed record Page<T>(T Value);

        // more
        public sealed record Report({{{members}}});

        public sealed partial class Desk
        {
            [RoutedPrompt("the-model")]
            [PromptTemplate("{{ticket}}")]
            public partial Task<Report> AskAsync(string ticket);
        }
        """;
}
