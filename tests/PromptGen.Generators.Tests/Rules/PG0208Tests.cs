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
    [InlineData("PromptTemplate(File = ", "Prompts/traige.prompt", "Prompts/triage.prompt")]
    [InlineData("PromptTemplate(File = ", "prompts\\\\triage.prompt", "Prompts/triage.prompt")]
    [InlineData("PromptTemplate(File = ", "Templates/triage.prompt", "triage.prompt")]
    [InlineData("PromptTemplate(\"{{ticket}}\"), OutputSchema(", "Schemas/label.json", "Schemas/label.schema.json")]
    [InlineData("PromptTemplate(\"{{ticket}}\"), OutputSchema(", "lable.schema.json", "label.schema.json")]
    public async Task Names_the_file_that_was_probably_meant(string attribute, string path, string meant)
    {
        var diagnostics = await Rule.VerifyAsync($$"""
            public sealed partial class Desk
            {
                [RoutedPrompt(Tier.Fast)]
                [{{attribute}}{|PG0208:"{{path}}"|})]
                public partial Task<Triage> AskAsync(string ticket);
            }
            """);

        Assert.EndsWith($"did you mean '{meant}'?", diagnostics.Message("PG0208"), StringComparison.Ordinal);
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
