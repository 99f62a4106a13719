namespace PromptGen.Generators.Tests.Rules;

/// <summary>A learned router is not older than the prompt allows.</summary>
public sealed class PG0423Tests
{
    [Fact]
    public async Task Fires()
    {
        var diagnostics = await VerifyAsync(", MaxAgeDays = {|PG0423:12|}");

        Assert.Equal(
            "The router 'Routers/any.router' is 13 days old (its labels are of 2026-01-02), and MaxAgeDays is 12: train it with new labels, or raise MaxAgeDays",
            diagnostics.Message("PG0423"));
    }

    [Theory]
    [InlineData(", MaxAgeDays = 13")]
    [InlineData("")]
    public Task Stays_silent(string age) => VerifyAsync(age);

    private static Task<Microsoft.CodeAnalysis.Diagnostic[]> VerifyAsync(string age) => Rule.VerifyAsync($$$"""
        public sealed partial class Desk
        {
            [RoutedPrompt(Tier.Fast, EscalateTo = Tier.General)]
            [PromptTemplate("{{ticket}}")]
            [RouteLearned("Routers/any.router"{{{age}}})]
            public partial Task<Triage> AskAsync(string ticket);
        }
        """);
}
