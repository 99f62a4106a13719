namespace PromptGen.Generators.Tests.Rules;

/// <summary>A constraint that a model gets only as text is enforced by the local reader alone.</summary>
public sealed class PG0305Tests
{
    [Theory]
    [InlineData("[property: MaxLength(5)] string {|PG0305:Text|}")]
    [InlineData("[property: Range(1, 5)] int {|PG0305:Number|}")]
    [InlineData("[property: MinLength(2)] List<int> {|PG0305:Numbers|}")]
    [InlineData("[property: RegularExpression(\"\\\\bword\\\\b\")] string {|PG0305:Text|}")]
    [InlineData("Uri {|PG0305:Address|}")]
    [InlineData("List<Generic<int>> Parts", "[property: Range(1, 5)] T {|PG0305:Value|}")]
    [InlineData("List<Outer.Inner> Parts", "T Value", "[property: Range(1, 5)] int {|PG0305:A|}")]
    public Task Fires_on_the_member(string members, string generic = "T Value", string inner = "int A") => Rule.VerifyAsync(Source(members, generic, inner));

    [Theory]
    [InlineData("string Text, int Number, List<int> Numbers, DateTime At, Guid Id, int? Perhaps")]
    [InlineData("[property: RegularExpression(\"[a-z]+\")] string Text")]
    [InlineData("[property: EmailAddress] string Text")]
    [InlineData("[property: MinLength(1)] List<Outer.Inner> Parts")]
    public async Task Stays_silent(string members) =>
        Assert.DoesNotContain(await Rule.JudgeAsync(Source(members, "T Value", "int A")), static diagnostic => diagnostic.Id == "PG0305");

    [Fact]
    public async Task The_message_says_which_constraint_and_for_which_provider()
    {
        var diagnostics = await Rule.VerifyAsync(Source("[property: Range(0, 9)] int? {|PG0305:Number|}, [property: MinLength(1), MaxLength(5)] string? {|PG0305:Text|} = null", "T Value", "int A"));

        Assert.Equal(
            [
                "Anthropic doesn't enforce minimum and maximum on 'Report.Number'; they go into the description and are checked when the answer is read",
                "OpenAI and Anthropic don't enforce minLength and maxLength on 'Report.Text'; they go into the description and are checked when the answer is read",
            ],
            diagnostics.Where(static diagnostic => diagnostic.Id == "PG0305").Select(static diagnostic => diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Fact]
    public Task Fires_in_the_case_of_a_union() => Rule.VerifyAsync("""
        [JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
        [JsonDerivedType(typeof(Circle), "circle"), JsonDerivedType(typeof(Square), "square")]
        public abstract record Shape;

        public sealed record Circle([property: Range(0, 9)] double {|PG0305:Radius|}) : Shape;

        public sealed record Square(double Side) : Shape;

        public sealed record Drawing(List<Shape> Shapes);

        public sealed partial class Desk
        {
            [RoutedPrompt(Tier.Fast)]
            [PromptTemplate("{{ticket}}")]
            public partial Task<Drawing> DrawAsync(string ticket);
        }
        """);

    private static string Source(string members, string generic, string inner) => $$$"""
        public sealed record Report({{{members}}});

        public sealed record Generic<T>({{{generic}}});

        public static class Outer { public sealed record Inner({{{inner}}}); }

        public sealed partial class Desk
        {
            [RoutedPrompt(Tier.Fast)]
            [PromptTemplate("{{ticket}}")]
            public partial Task<Report> AskAsync(string ticket);
        }
        """;
}
