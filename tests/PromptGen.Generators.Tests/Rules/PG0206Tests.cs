namespace PromptGen.Generators.Tests.Rules;

/// <summary>A template for no model of the route is never sent.</summary>
public sealed class PG0206Tests
{
    [Theory]
    [InlineData("For = {|PG0206:\"gemini*\"|}", "No model of the route matches 'gemini*', so this template is never sent: fix the pattern, or remove the template")]
    [InlineData("ForTier = {|PG0206:Tier.General|}", "The route has no model of tier General, so this template is never sent: change ForTier or remove it")]
    [InlineData("ForTier = Tier.General, For = {|PG0206:\"gpt*\"|}", "No model of the route matches 'gpt*', so this template is never sent: fix the pattern, or remove the template")]
    public async Task Fires(string target, string message) => Assert.Equal(message, (await Rule.VerifyAsync($$$"""
        public sealed partial class Desk
        {
            [RoutedPrompt(Tier.Fast)]
            [PromptTemplate("{{ticket}}")]
            [PromptTemplate("{{ticket}}!", {{{target}}})]
            public partial Task<Triage> AskAsync(string ticket);
        }
        """)).Message("PG0206"));

    [Fact]
    public Task Stays_silent() => Rule.VerifyAsync("""
        public sealed partial class Desk
        {
            [RoutedPrompt(Tier.Fast, Fallbacks = [Models.Llama])]
            [PromptTemplate("{{ticket}}")]
            [PromptTemplate("{{ticket}}!", For = "Claude-*, *haiku*")]
            [PromptTemplate("{{ticket}}?", ForTier = Tier.SelfHosted)]
            public partial Task<Triage> AskAsync(string ticket);
        }
        """);

    [Fact]
    public Task Stays_silent_where_the_route_has_an_unknown_model() => Rule.VerifyAsync("""
        public sealed partial class Desk
        {
            [RoutedPrompt(Models.Mini, {|PG0401:"gemini"|})]
            [PromptTemplate("{{ticket}}")]
            [PromptTemplate("{{ticket}}!", For = "gemini")]
            public partial Task<Triage> AskAsync(string ticket);
        }
        """);
}
