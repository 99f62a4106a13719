namespace PromptGen.Generators.Tests.Rules;

/// <summary>The deadline leaves time for the last step.</summary>
public sealed class PG0503Tests
{
    [Theory]
    [InlineData("Tier.Fast, EscalateTo = Tier.General", "{|PG0503:5|}")]
    [InlineData("Tier.Fast, EscalateTo = Tier.General", "{|PG0503:2.5|}")]
    [InlineData("Models.Mini, Models.Haiku, Models.Sonnet", "{|PG0503:10|}")]
    [InlineData("Tier.Fast", "{|PG0503:0|}")]
    public Task Fires(string route, string deadline) => Rule.VerifyAsync($$$"""
        public sealed partial class Desk
        {
            [RoutedPrompt({{{route}}})]
            [PromptTemplate("{{ticket}}")]
            [Deadline({{{deadline}}})]
            public partial Task<Triage> AskAsync(string ticket);
        }
        """);

    [Theory]
    [InlineData("Tier.Fast, EscalateTo = Tier.General", "6")]
    [InlineData("Models.Mini, Models.Haiku, Models.Sonnet", "10.5")]
    [InlineData("Tier.Fast", "1")]
    public Task Stays_silent(string route, string deadline) => Rule.VerifyAsync($$$"""
        public sealed partial class Desk
        {
            [RoutedPrompt({{{route}}})]
            [PromptTemplate("{{ticket}}")]
            [Deadline({{{deadline}}})]
            public partial Task<Triage> AskAsync(string ticket);
        }
        """);
}
