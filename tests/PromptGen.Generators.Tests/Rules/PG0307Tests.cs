namespace PromptGen.Generators.Tests.Rules;

/// <summary>Some answer can keep the contract.</summary>
public sealed class PG0307Tests
{
    [Theory]
    [InlineData("Node Next", "record Node(string Name, Node {|PG0307:Next|});", "'Node.Next' is required, and a value of it needs another 'Node' without end: make it nullable, or a list")]
    [InlineData("Node Next", "record Node([property: MinLength(1)] Node[] {|PG0307:Parts|});", "'Node.Parts' is required, and a value of it needs another 'Node' without end: make it nullable, or a list")]
    [InlineData("[property: AllowedValues(\"a\", \"b\"), DeniedValues(\"b\", \"a\")] string {|PG0307:Tag|}", "", "No answer can have a value for 'Report.Tag': each one of [AllowedValues] is denied or outside of the other constraints; correct one of them")]
    [InlineData("[property: AllowedValues(7, 9), Range(1, 5)] int {|PG0307:Tag|}", "", "No answer can have a value for 'Report.Tag': each one of [AllowedValues] is denied or outside of the other constraints; correct one of them")]
    [InlineData("[property: AllowedValues(\"urgent\"), MaxLength(3)] string {|PG0307:Tag|}", "", "No answer can have a value for 'Report.Tag': each one of [AllowedValues] is denied or outside of the other constraints; correct one of them")]
    [InlineData("[property: DeniedValues(true, false)] bool {|PG0307:Tag|}", "", "No answer can have a value for 'Report.Tag': [DeniedValues] names every value that it can have; remove one of them")]
    [InlineData("[property: DeniedValues(Side.Left, Side.Right)] Side {|PG0307:Tag|}", "enum Side { Left, Right }", "No answer can have a value for 'Report.Tag': [DeniedValues] names every value that it can have; remove one of them")]
    [InlineData("[property: Range(1, 2), DeniedValues(1, 2)] int {|PG0307:Tag|}", "", "No answer can have a value for 'Report.Tag': [DeniedValues] names every value that it can have; remove one of them")]
    [InlineData("[property: MinLength(1), AllowedValues(7), Range(1, 5)] int[] {|PG0307:Tag|}", "", "No answer can have a value for 'Report.Tag': each one of [AllowedValues] is denied or outside of the other constraints; correct one of them")]
    [InlineData("[property: Range(1, 5)] int {|PG0307:Tag|} = 0", "", "The default 0 of 'Report.Tag' cannot be an answer: it is what an answer without the member has, which is below the minimum 1; change the default or the constraint")]
    [InlineData("[property: MaxLength(3)] string {|PG0307:Tag|} = \"none\"", "", "The default \"none\" of 'Report.Tag' cannot be an answer: it is what an answer without the member has, which is longer than 3 characters; change the default or the constraint")]
    [InlineData("[property: DeniedValues(Side.Left)] Side {|PG0307:Tag|} = Side.Left", "enum Side { Left, Right }", "The default \"Left\" of 'Report.Tag' cannot be an answer: it is what an answer without the member has, which [DeniedValues] denies; change the default or the constraint")]
    public async Task Fires_on_a_member(string member, string types, string message) =>
        Assert.Equal(message, (await Rule.VerifyAsync(Prompt(member, types))).Message("PG0307"));

    [Fact]
    public Task Fires_on_each_member_of_a_circle() => Rule.VerifyAsync(Prompt(
        "Outer.First First",
        """
        static class Outer
        {
            public sealed record First(Second {|PG0307:Next|}, int Count);

            public sealed record Second(string Name, First {|PG0307:Back|});
        }
        """));

    [Theory]
    [InlineData("Node Next", "record Node(string Name, Node? Next);")]
    [InlineData("Node Next", "record Node(string Name, Node[] Parts);")]
    [InlineData("Node Next", "record Node(string Name, Dictionary<string, Node> Parts);")]
    [InlineData("Tree Next", "abstract record Tree; public sealed record Leaf(string Name) : Tree; public sealed record Branch(Tree Left, Tree Right) : Tree;")]
    [InlineData("[property: AllowedValues(\"a\", \"b\"), DeniedValues(\"c\")] string Tag", "")]
    [InlineData("[property: AllowedValues(1, 5), Range(1, 5)] int Tag", "")]
    [InlineData("[property: DeniedValues(true, false)] bool? Tag", "")]
    [InlineData("[property: DeniedValues(Side.Left)] Side Tag", "enum Side { Left, Right }")]
    [InlineData("[property: Range(1, 5)] int Tag = 1", "")]
    [InlineData("[property: Range(1, 5)] int? Tag = null", "")]
    [InlineData("[property: MaxLength(4)] string Tag = \"none\"", "")]
    [InlineData("[property: Range(0, 1, MinimumIsExclusive = true)] double Tag = 0.5", "")]
    public Task Stays_silent(string member, string types) => Rule.VerifyAsync(Prompt(member, types));

    [Theory]
    [InlineData("\"type\": \"integer\", \"minimum\": 5, \"maximum\": {|PG0307:1|}", "no value can keep \"minimum\" 5 and \"maximum\" 1: correct one of the two")]
    [InlineData("\"type\": \"number\", \"exclusiveMinimum\": 5, \"maximum\": {|PG0307:5|}", "no value can keep \"exclusiveMinimum\" 5 and \"maximum\" 5: correct one of the two")]
    [InlineData("\"type\": \"string\", \"maxLength\": {|PG0307:2|}, \"minLength\": 5", "no value can keep \"minLength\" 5 and \"maxLength\" 2: correct one of the two")]
    [InlineData("\"type\": \"array\", \"items\": { \"type\": \"string\" }, \"minItems\": 3, \"maxItems\": {|PG0307:2|}", "no value can keep \"minItems\" 3 and \"maxItems\" 2: correct one of the two")]
    [InlineData("\"type\": \"string\", \"enum\": {|PG0307:[1, 2]|}", "each value of \"enum\" is excluded by \"type\" or by the bounds beside it: correct one of them")]
    [InlineData("\"type\": \"integer\", \"maximum\": 3, \"enum\": {|PG0307:[4, 5]|}", "each value of \"enum\" is excluded by \"type\" or by the bounds beside it: correct one of them")]
    [InlineData("\"enum\": [\"a\", \"b\"], \"const\": {|PG0307:\"c\"|}", "the value of \"const\" is not in \"enum\": correct one of the two")]
    [InlineData("\"type\": \"object\", \"properties\": {}, \"required\": [{|PG0307:\"name\"|}], \"additionalProperties\": false", "the property \"name\" is required, but not allowed: add it to \"properties\", or remove it from \"required\"")]
    [InlineData("\"type\": \"integer\", \"minimum\": 1, \"default\": {|PG0307:0|}", "the default is none of the values that the schema allows: change the default or the constraint")]
    [InlineData("\"enum\": [\"a\", \"b\"], \"default\": {|PG0307:\"c\"|}", "the default is none of the values that the schema allows: change the default or the constraint")]
    public async Task Fires_in_a_schema_file(string schema, string message) => Assert.Equal(
        "The schema asks for what no answer can be: " + message,
        (await Rule.VerifyAsync(SchemaPrompt, ("/project/Schemas/own.schema.json", File("\"🙂\": { \"type\": \"string\" },\r\n\"label\": { " + schema + " }")))).Message("PG0307"));

    [Fact]
    public Task Fires_on_a_schema_that_never_ends() => Rule.VerifyAsync(
        SchemaPrompt,
        ("/project/Schemas/own.schema.json", File("\"next\": {|PG0307:{ \"$ref\": \"#\" }|}").Replace("\"required\": []", "\"required\": [\"next\"]", StringComparison.Ordinal)));

    [Theory]
    [InlineData("\"next\": { \"$ref\": \"#\" }")]
    [InlineData("\"label\": { \"type\": [\"string\", \"null\"], \"default\": null }")]
    [InlineData("\"label\": { \"type\": \"string\", \"default\": 1 }")]
    [InlineData("\"label\": { \"enum\": [\"a\", 1, null], \"default\": \"a\" }")]
    [InlineData("\"label\": { \"type\": \"number\", \"minimum\": 1, \"maximum\": 1 }")]
    [InlineData("\"label\": { \"type\": \"object\", \"properties\": {}, \"patternProperties\": { \"^n\": {} }, \"required\": [\"name\"], \"additionalProperties\": false }")]
    public Task Stays_silent_in_a_schema_file(string properties) => Rule.VerifyAsync(SchemaPrompt, ("/project/Schemas/own.schema.json", File(properties)));

    private const string SchemaPrompt = """
        public sealed partial class Desk
        {
            [RoutedPrompt(Tier.Fast)]
            [PromptTemplate("{{ticket}}")]
            [OutputSchema("Schemas/own.schema.json")]
            public partial Task<System.Text.Json.JsonElement> AskAsync(string ticket);
        }
        """;

    private static string File(string properties) => "{ \"type\": \"object\", \"properties\": { " + properties + " },\r\n\"required\": [] }";

    private static string Prompt(string member, string types) => $$$"""
        public sealed record Report({{{member}}});

        {{{(types.Length == 0 ? "" : "public " + types)}}}

        public sealed partial class Desk
        {
            [RoutedPrompt(Models.Llama)]
            [PromptTemplate("{{ticket}}")]
            public partial Task<Report> AskAsync(string ticket);
        }
        """;
}
