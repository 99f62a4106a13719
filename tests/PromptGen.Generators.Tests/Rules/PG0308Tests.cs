namespace PromptGen.Generators.Tests.Rules;

/// <summary>What looks like a member of an output type can be set.</summary>
public sealed class PG0308Tests
{
    [Theory]
    [InlineData("public string {|PG0308:Why|} { get; private set; } = \"\";")]
    [InlineData("public string {|PG0308:Why|} { get; private init; } = \"none\";")]
    [InlineData("public string {|PG0308:Why|} { get; protected set; } = \"\";")]
    [InlineData("public string? {|PG0308:Why|} { get; }")]
    [InlineData("public string {|PG0308:Why|} { get; } = \"\";")]
    [InlineData("public string {|PG0308:Why|} { get; } = string.Empty;")]
    [InlineData("public string {|PG0308:Why|} { get; } = null!;")]
    [InlineData("public List<string> {|PG0308:Why|} { get; } = [];")]
    [InlineData("public List<string> {|PG0308:Why|} { get; } = new();")]
    [InlineData("public readonly int {|PG0308:Why|};")]
    [InlineData("[System.Text.Json.Serialization.JsonInclude] public string {|PG0308:Why|} { get; private set; } = \"\"; public void Clear() => Why = \"\";")]
    [InlineData("public string {|PG0308:Why|} { get; private set; } = \"\"; public override string ToString() => Why;")]
    public async Task Fires(string member) => Assert.Equal(
        "Nothing can set 'Verdict.Why', so it is not part of the contract, and no model is asked for it: give it a public 'init' or 'set', or mark it [JsonIgnore]",
        (await Rule.VerifyAsync(Desk(member))).Message("PG0308"));

    [Fact]
    public Task Fires_at_a_base_type_and_at_an_inner_one() => Rule.VerifyAsync("""
        public abstract class Answer
        {
            public int {|PG0308:Score|} { get; private set; }
        }

        public sealed class Verdict : Answer
        {
            public required bool Ok { get; init; }

            public required List<Reason> Reasons { get; init; }
        }

        public sealed record Reason(string Text)
        {
            public string {|PG0308:Source|} { get; private set; } = "";
        }

        public sealed partial class Desk
        {
            [RoutedPrompt(Tier.Fast)]
            [PromptTemplate("{{ticket}}")]
            public partial Task<Verdict> AskAsync(string ticket);
        }
        """);

    [Theory]
    [InlineData("public string Why { get; set; } = \"\";")]
    [InlineData("public string Why { get; internal set; } = \"\";")]
    [InlineData("public string Why => Ok ? \"fine\" : \"wrong\";")]
    [InlineData("public string Why { get { return \"fine\"; } }")]
    [InlineData("public string Why { get; } = \"verdict\";")]
    [InlineData("public DateTime Why { get; } = DateTime.UtcNow;")]
    [InlineData("public List<string> Why { get; } = []; public void Add(string text) => Why.Add(text);")]
    [InlineData("public object Why { get; } = new();")]
    [InlineData("[System.Text.Json.Serialization.JsonIgnore] public string? Why { get; private set; }")]
    [InlineData("public int Why { get; private set; } public void Count() => Why++;")]
    [InlineData("public int Why { get; private set; } public void Read(string text) { (Why, _) = (int.Parse(text), text); }")]
    [InlineData("private string? Why { get; set; } public override string ToString() => Why ?? \"\";")]
    [InlineData("public static string? Why { get; private set; }")]
    [InlineData("public string this[int index] => \"\";")]
    public async Task Stays_silent(string member) => Assert.DoesNotContain(await Rule.JudgeAsync(Desk(member)), static diagnostic => diagnostic.Id == "PG0308");

    [Fact]
    public async Task Stays_silent_where_a_constructor_sets_it() => Assert.DoesNotContain(await Rule.JudgeAsync("""
        public sealed class Verdict
        {
            public Verdict(bool ok, string text)
            {
                Ok = ok;
                Length = text.Length;
                Text = text;
            }

            public bool Ok { get; }

            public string Text { get; private set; }

            public int Length { get; }
        }

        public sealed partial class Desk
        {
            [RoutedPrompt(Tier.Fast)]
            [PromptTemplate("{{ticket}}")]
            public partial Task<Verdict> AskAsync(string ticket);
        }
        """), static diagnostic => diagnostic.Id == "PG0308");

    private static string Desk(string member) => $$$"""
        public class Verdict
        {
            public bool Ok { get; init; }

            {{{member}}}
        }

        public sealed partial class Desk
        {
            [RoutedPrompt(Tier.Fast)]
            [PromptTemplate("{{ticket}}")]
            public partial Task<Verdict> AskAsync(string ticket);
        }
        """;
}
