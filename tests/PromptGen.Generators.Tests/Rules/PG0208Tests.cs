namespace PromptGen.Generators.Tests.Rules;

/// <summary>A template file must be among the AdditionalFiles.</summary>
public sealed class PG0208Tests
{
    [Fact]
    public async Task Fires()
    {
        var diagnostics = await Rule.VerifyAsync("""
            public sealed partial class Desk
            {
                [RoutedPrompt(Tier.Fast)]
                [PromptTemplate(File = {|PG0208:"Prompts/gone.prompt"|})]
                public partial Task<Triage> AskAsync(string ticket);
            }
            """);

        Assert.Contains("add <AdditionalFiles Include=\"Prompts/gone.prompt\" /> to the project", diagnostics.Message("PG0208"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Prompts/triage.prompt")]
    [InlineData("./Prompts/triage.prompt")]
    [InlineData("triage.prompt")]
    public Task Stays_silent(string path) => Rule.VerifyAsync($$"""
        public sealed partial class Desk
        {
            [RoutedPrompt(Tier.Fast)]
            [PromptTemplate(File = "{{path}}")]
            public partial Task<Triage> AskAsync(string ticket);
        }
        """);
}
