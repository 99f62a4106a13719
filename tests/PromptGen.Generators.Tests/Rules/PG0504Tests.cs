namespace PromptGen.Generators.Tests.Rules;

/// <summary>A budget needs prices.</summary>
public sealed class PG0504Tests
{
    [Fact]
    public async Task Fires()
    {
        var diagnostics = await Rule.VerifyAsync("""
            public sealed partial class Desk
            {
                [RoutedPrompt(Tier.Fast, Fallbacks = [Models.Llama])]
                [PromptTemplate("{{ticket}}")]
                [Budget({|PG0504:0.10|})]
                public partial Task<Triage> AskAsync(string ticket);
            }
            """);

        Assert.StartsWith("The budget cannot be enforced for 'llama3.1:70b', whose price is unknown: ", diagnostics.Message("PG0504"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[RoutedPrompt(Tier.Fast, MaxOutputTokens = 100), Budget(0.10)]")]
    [InlineData("[RoutedPrompt(Tier.SelfHosted)]")]
    public Task Stays_silent(string route) => Rule.VerifyAsync($$$"""
        public sealed partial class Desk
        {
            {{{route}}}
            [PromptTemplate("{{ticket}}")]
            public partial Task<Triage> AskAsync(string ticket);
        }
        """);
}
