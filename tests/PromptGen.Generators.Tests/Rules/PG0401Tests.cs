namespace PromptGen.Generators.Tests.Rules;

/// <summary>A model that no catalog has cannot be asked.</summary>
public sealed class PG0401Tests
{
    [Theory]
    [InlineData("{|PG0401:\"gpt-4o-mini\"|}")]
    [InlineData("Models.Mini, {|PG0401:\"sonnet\"|}")]
    [InlineData("new[] { Models.Mini, {|PG0401:\"sonnet\"|} }")]
    [InlineData("[Models.Mini, {|PG0401:\"sonnet\"|}]")]
    [InlineData("Models.Mini, Models.Sonnet, Fallbacks = [Models.Llama, {|PG0401:\"llama\"|}]")]
    [InlineData("Tier.Fast, Fallbacks = new[] { {|PG0401:\"llama\"|} }")]
    public Task Fires(string route) => Rule.VerifyAsync($$$"""
        public sealed partial class Desk
        {
            [RoutedPrompt({{{route}}})]
            [PromptTemplate("{{ticket}}")]
            public partial Task<Triage> AskAsync(string ticket);
        }
        """);

    [Fact]
    public async Task Says_what_was_probably_meant()
    {
        var diagnostics = await Rule.VerifyAsync("""
            public sealed partial class Desk
            {
                [RoutedPrompt({|PG0401:"gpt-4o-mini-2024-07-08"|})]
                [PromptTemplate("{{ticket}}")]
                public partial Task<Triage> AskAsync(string ticket);
            }
            """);

        Assert.Equal("No catalog has a model 'gpt-4o-mini-2024-07-08'; did you mean 'gpt-4o-mini-2024-07-18'?", diagnostics.Message("PG0401"));
    }

    [Fact]
    public Task Stays_silent() => Rule.VerifyAsync("""
        public sealed partial class Desk
        {
            [RoutedPrompt(Models.Mini, "claude-3-5-sonnet-20241022", Fallbacks = [Models.Llama])]
            [PromptTemplate("{{ticket}}")]
            public partial Task<Triage> AskAsync(string ticket);
        }
        """);
}
