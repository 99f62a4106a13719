namespace PromptGen.Generators.Tests.Rules;

/// <summary>Every model that a route reaches needs a template.</summary>
public sealed class PG0201Tests
{
    [Fact]
    public async Task Fires_once_for_all_models()
    {
        var diagnostics = await Rule.VerifyAsync("""
            public sealed partial class Desk
            {
                [RoutedPrompt(Tier.Fast, EscalateTo = Tier.General)]
                public partial Task<Triage> {|PG0201:AskAsync|}(string ticket);
            }
            """);

        Assert.Equal(
            "The route of 'AskAsync' reaches 'gpt-4o-mini-2024-07-18', 'claude-3-5-haiku-20241022' and 'claude-3-5-sonnet-20241022', for which there is no template: "
            + "add a [PromptTemplate] without For, or let one match",
            diagnostics.Message("PG0201"));
    }

    [Fact]
    public async Task Fires_for_the_models_that_are_left_out()
    {
        var diagnostics = await Rule.VerifyAsync("""
            public sealed partial class Desk
            {
                [RoutedPrompt(Tier.Fast)]
                [PromptTemplate("{{ticket}}", For = "claude*")]
                public partial Task<Triage> {|PG0201:AskAsync|}(string ticket);
            }
            """);

        Assert.Contains("reaches 'gpt-4o-mini-2024-07-18', for which", diagnostics.Message("PG0201"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""[PromptTemplate("{{ticket}}")]""")]
    [InlineData("""[PromptTemplate("{{ticket}}", ForTier = Tier.Fast)]""")]
    [InlineData("""[PromptTemplate("{{ticket}}", For = "claude*"), PromptTemplate("{{ticket}}", For = "gpt*")]""")]
    public Task Stays_silent(string templates) => Rule.VerifyAsync($$"""
        public sealed partial class Desk
        {
            [RoutedPrompt(Tier.Fast)]
            {{templates}}
            public partial Task<Triage> AskAsync(string ticket);
        }
        """);

    [Fact]
    public Task Stays_silent_where_the_route_is_not_known() => Rule.VerifyAsync("""
        public sealed partial class Desk
        {
            [RoutedPrompt({|PG0402:Tier.Deep|})]
            public partial Task<Triage> AskAsync(string ticket);
        }
        """);
}
