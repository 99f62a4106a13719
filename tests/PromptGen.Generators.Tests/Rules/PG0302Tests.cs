namespace PromptGen.Generators.Tests.Rules;

/// <summary>A constraint that no value can meet is a mistake.</summary>
public sealed class PG0302Tests
{
    [Theory]
    [InlineData("[property: Range(5, 1)] int {|PG0302:Urgency|}")]
    [InlineData("[property: MaxLength(10)] int {|PG0302:Urgency|}")]
    [InlineData("[property: Range(1, 5)] string {|PG0302:Urgency|}")]
    [InlineData("[property: MinLength(5), MaxLength(2)] string {|PG0302:Urgency|}")]
    public Task Fires_on_the_member(string member) => Rule.VerifyAsync($$$"""
        public sealed record Report({{{member}}});

        public sealed partial class Desk
        {
            [RoutedPrompt(Tier.Fast)]
            [PromptTemplate("{{ticket}}")]
            public partial Task<Report> AskAsync(string ticket);
        }
        """);

    [Fact]
    public Task Fires_once_for_two_prompts() => Rule.VerifyAsync("""
        public sealed record Report([property: Range(5, 1)] int {|PG0302:Urgency|});

        public sealed partial class Desk
        {
            [RoutedPrompt(Tier.Fast)]
            [PromptTemplate("{{ticket}}")]
            public partial Task<Report> AskAsync(string ticket);

            [RoutedPrompt(Tier.Fast)]
            [PromptTemplate("{{ticket}}!")]
            public partial Task<Report> OtherAsync(string ticket);
        }
        """);

    [Fact]
    public Task Stays_silent() => Rule.VerifyAsync("""
        public sealed record Report([property: Range(1, 5)] int Urgency, [property: MinLength(1), MaxLength(3)] string[] Tags);

        public sealed partial class Desk
        {
            [RoutedPrompt(Tier.Fast)]
            [PromptTemplate("{{ticket}}")]
            public partial Task<Report> AskAsync(string ticket);
        }
        """);
}
