using PromptGen.Generators.Tests.Pipeline;

namespace PromptGen.Generators.Tests.Rules;

/// <summary>A rejected answer goes to something stronger.</summary>
public sealed class PG0403Tests
{
    [Theory]
    [InlineData("Tier.General, EscalateTo = {|PG0403:Tier.Fast|}", "down, from General to Fast")]
    [InlineData("Tier.Fast, EscalateTo = {|PG0403:Tier.Fast|}", "to the tier that it comes from")]
    [InlineData("Tier.General, EscalateTo = {|PG0403:Tier.SelfHosted|}", "sideways, from General to SelfHosted")]
    [InlineData("Tier.SelfHosted, EscalateTo = {|PG0403:Tier.General|}", "sideways, from SelfHosted to General")]
    [InlineData("Models.Mini, Models.Sonnet, EscalateTo = {|PG0403:Tier.General|}", "nowhere")]
    [InlineData("Models.Sonnet, {|PG0403:Models.Mini|}", "down, from Sonnet (General) to Mini (Fast)")]
    [InlineData("Models.Haiku, {|PG0403:Models.Mini|}", "to a cheaper model, from 'claude-3-5-haiku-20241022' to 'gpt-4o-mini-2024-07-18'")]
    public async Task Fires(string route, string where)
    {
        var diagnostics = await Rule.VerifyAsync($$$"""
            public sealed partial class Desk
            {
                [RoutedPrompt({{{route}}})]
                [PromptTemplate("{{ticket}}")]
                public partial Task<Triage> AskAsync(string ticket);
            }
            """);

        Assert.StartsWith($"A rejected answer escalates {where}: ", diagnostics.Message("PG0403"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("RouteWhen({|PG0403:Tier.Deep|}, ContainsCode = true)", "This clause enters above the route, at Deep: the route ends at General, so set EscalateTo on [RoutedPrompt], or enter lower")]
    [InlineData("RouteWhen(Tier.Fast, ContainsCode = true, EscalateTo = {|PG0403:Tier.Deep|})", "EscalateTo of this clause is above the route, Deep: the route ends at General, so set EscalateTo on [RoutedPrompt] too, or a lower one here")]
    public async Task Fires_at_a_clause_above_the_route(string clause, string message)
    {
        var diagnostics = await Rule.VerifyAsync($$$"""
            {{{Sources.Ladder}}}

            public sealed partial class Desk
            {
                [RoutedPrompt(Tier.Fast, EscalateTo = Tier.General)]
                [PromptTemplate("{{ticket}}")]
                [{{{clause}}}]
                public partial Task<Triage> AskAsync(string ticket);
            }
            """);

        Assert.Equal(message, diagnostics.Message("PG0403"));
    }

    [Fact]
    public Task Fires_for_a_stronger_tier_that_is_cheaper() => Rule.VerifyAsync("""
        [ModelCatalog]
        public static class Own
        {
            [Model("openai", Tier.Fast, InputPrice = 3, OutputPrice = 15)]
            public const string Small = "gpt-4o-mini-2024-07-18";

            [Model("anthropic", Tier.General, InputPrice = 1, OutputPrice = 5)]
            public const string Large = "claude-opus-4-20250514";
        }

        public sealed partial class Desk
        {
            [RoutedPrompt(Tier.Fast, EscalateTo = {|PG0403:Tier.General|})]
            [PromptTemplate("{{ticket}}")]
            public partial Task<Triage> AskAsync(string ticket);
        }
        """);

    [Theory]
    [InlineData("Tier.Fast, EscalateTo = Tier.General")]
    [InlineData("Models.Mini, Models.Haiku, Models.Sonnet")]
    [InlineData("Models.Sonnet, Models.Llama")]
    [InlineData("Models.Sonnet, Fallbacks = [Models.Mini]")]
    public Task Stays_silent(string route) => Rule.VerifyAsync($$$"""
        public sealed partial class Desk
        {
            [RoutedPrompt({{{route}}})]
            [PromptTemplate("{{ticket}}")]
            public partial Task<Triage> AskAsync(string ticket);
        }
        """);
}
