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

    [Theory]
    [InlineData("[property: AllowedValues(1, 9), Range(1, 5)] int {|PG0302:Urgency|}", "[AllowedValues] of 'Urgency' names 9, which is above the maximum 5: remove it, or correct the other constraint")]
    [InlineData("[property: AllowedValues(\"a\", \"b\"), DeniedValues(\"b\")] string {|PG0302:Urgency|}", "[AllowedValues] of 'Urgency' names \"b\", which [DeniedValues] denies: remove it, or correct the other constraint")]
    [InlineData("[property: AllowedValues(\"a\", \"long\"), StringLength(3)] string {|PG0302:Urgency|}", "[AllowedValues] of 'Urgency' names \"long\", which is longer than 3 characters: remove it, or correct the other constraint")]
    [InlineData("[property: AllowedValues(1, \"two\")] int {|PG0302:Urgency|}", "The constraint on 'Urgency' contradicts itself or its type: [AllowedValues] names \"two\", which is no value of a number; correct or remove it")]
    [InlineData("[property: DeniedValues(1.5)] int {|PG0302:Urgency|}", "The constraint on 'Urgency' contradicts itself or its type: [DeniedValues] names 1.5, which is no value of a number; correct or remove it")]
    [InlineData("[property: AllowedValues(1, 7), Range(1, 5)] int[] {|PG0302:Urgency|}", "[AllowedValues] of 'Urgency' names 7, which is above the maximum 5: remove it, or correct the other constraint")]
    public async Task Fires_for_values_that_are_listed(string member, string message) => Assert.Equal(message, (await Rule.VerifyAsync($$$"""
        public sealed record Report({{{member}}});

        public sealed partial class Desk
        {
            [RoutedPrompt(Tier.Fast)]
            [PromptTemplate("{{ticket}}")]
            public partial Task<Report> AskAsync(string ticket);
        }
        """)).Message("PG0302"));

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
