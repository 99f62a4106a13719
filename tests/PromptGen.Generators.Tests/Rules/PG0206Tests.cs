namespace PromptGen.Generators.Tests.Rules;

/// <summary>A template for no model of the route is never sent.</summary>
public sealed class PG0206Tests
{
    [Theory]
    [InlineData("For = {|PG0206:\"gemini*\"|}")]
    [InlineData("ForTier = {|PG0206:Tier.General|}")]
    [InlineData("ForTier = Tier.General, For = {|PG0206:\"gpt*\"|}")]
    public Task Fires(string target) => Rule.VerifyAsync($$$"""
        public sealed partial class Desk
        {
            [RoutedPrompt(Tier.Fast)]
            [PromptTemplate("{{ticket}}")]
            [PromptTemplate("{{ticket}}!", {{{target}}})]
            public partial Task<Triage> AskAsync(string ticket);
        }
        """);

    [Fact]
    public Task Stays_silent() => Rule.VerifyAsync("""
        public sealed partial class Desk
        {
            [RoutedPrompt(Tier.Fast, Fallbacks = [Models.Llama])]
            [PromptTemplate("{{ticket}}")]
            [PromptTemplate("{{ticket}}!", For = "gemini*, Claude-*")]
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
