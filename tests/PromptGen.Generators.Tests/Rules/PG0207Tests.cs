namespace PromptGen.Generators.Tests.Rules;

/// <summary>Which template a model gets must not depend on the order of attributes.</summary>
public sealed class PG0207Tests
{
    [Theory]
    [InlineData("PromptTemplate(\"{{ticket}}\")", "PromptTemplate(\"{{ticket}}!\")")]
    [InlineData("PromptTemplate(\"{{ticket}}\", For = \"*\")", "PromptTemplate(\"{{ticket}}!\", For = \"gpt*\")")]
    [InlineData("PromptTemplate(\"{{ticket}}\", ForTier = Tier.Fast)", "PromptTemplate(\"{{ticket}}!\", ForTier = Tier.Fast)")]
    public Task Fires(string first, string second) => Rule.VerifyAsync($$"""
        public sealed partial class Desk
        {
            [RoutedPrompt(Tier.Fast)]
            [{{first}}]
            [{|PG0207:{{second}}|}]
            public partial Task<Triage> AskAsync(string ticket);
        }
        """);

    [Fact]
    public Task Stays_silent() => Rule.VerifyAsync("""
        public sealed partial class Desk
        {
            [RoutedPrompt(Tier.Fast, EscalateTo = Tier.General)]
            [PromptTemplate("{{ticket}}.", ForTier = Tier.Fast)]
            [PromptTemplate("{{ticket}}!", For = "claude*")]
            [PromptTemplate("{{ticket}}?", For = Models.Haiku)]
            public partial Task<Triage> AskAsync(string ticket);
        }
        """);
}
