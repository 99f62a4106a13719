namespace PromptGen.Generators.Tests.Rules;

/// <summary>A route begins and ends in tiers that have models.</summary>
public sealed class PG0402Tests
{
    [Theory]
    [InlineData("{|PG0402:Tier.Deep|}")]
    [InlineData("Tier.Fast, EscalateTo = {|PG0402:Tier.Deep|}")]
    public Task Fires(string route) => Rule.VerifyAsync($$$"""
        public sealed partial class Desk
        {
            [RoutedPrompt({{{route}}})]
            [PromptTemplate("{{ticket}}")]
            public partial Task<Triage> AskAsync(string ticket);
        }
        """);

    [Fact]
    public Task Fires_where_there_is_no_catalog() => Rule.VerifyAsync("""
        // There is no [ModelCatalog] here.
        public sealed partial class Desk
        {
            [RoutedPrompt({|PG0402:Tier.Fast|})]
            [PromptTemplate("{{ticket}}")]
            public partial Task<Triage> AskAsync(string ticket);
        }
        """);

    [Theory]
    [InlineData("Tier.Fast")]
    [InlineData("Tier.SelfHosted")]
    [InlineData("Tier.Fast, EscalateTo = Tier.General")]
    public Task Stays_silent(string route) => Rule.VerifyAsync($$$"""
        public sealed partial class Desk
        {
            [RoutedPrompt({{{route}}})]
            [PromptTemplate("{{ticket}}")]
            public partial Task<Triage> AskAsync(string ticket);
        }
        """);

    [Fact]
    public Task Stays_silent_for_a_tier_on_the_way() => Rule.VerifyAsync("""
        [ModelCatalog]
        public static class Own
        {
            [Model("openai", Tier.Fast)]
            public const string Small = "gpt-4o-mini-2024-07-18";

            [Model("anthropic", Tier.Deep)]
            public const string Large = "claude-opus-4-20250514";
        }

        public sealed partial class Desk
        {
            [RoutedPrompt(Tier.Fast, EscalateTo = Tier.Deep)]
            [PromptTemplate("{{ticket}}")]
            public partial Task<Triage> AskAsync(string ticket);
        }
        """);
}
