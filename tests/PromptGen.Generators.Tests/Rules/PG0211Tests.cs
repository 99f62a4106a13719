namespace PromptGen.Generators.Tests.Rules;

/// <summary>What a template says is sent at times.</summary>
public sealed class PG0211Tests
{
    [Theory]
    [InlineData("Tier.Fast", "Triage", "", "'previous' is always absent: 'gpt-4o-mini-2024-07-18' and 'claude-3-5-haiku-20241022' are asked in the first step only: add EscalateTo, or remove 'previous'")]
    [InlineData("Models.Mini", "Triage", "", "'previous' is always absent: 'gpt-4o-mini-2024-07-18' is asked in the first step only: add EscalateTo, or remove 'previous'")]
    [InlineData("Models.Mini, Models.Sonnet", "string", "#pragma warning disable PG0404", "'previous' is always absent: any text is accepted, so no answer is rejected before: add [AcceptIf], or remove 'previous'")]
    public async Task Fires(string route, string output, string before, string message)
    {
        var diagnostics = await Rule.VerifyAsync($$$$"""
            {{{{before}}}}
            public sealed partial class Desk
            {
                [RoutedPrompt({{{{route}}}})]
                [PromptTemplate("{{ticket}}{{#if {|PG0211:previous|}}}{{previous.answer}}{{/if}}")]
                public partial Task<{{{{output}}}}> AskAsync(string ticket);
            }
            """);

        Assert.Equal(message, diagnostics.Message("PG0211"));
    }

    [Fact]
    public Task Fires_for_the_template_of_the_first_step_only() => Rule.VerifyAsync("""
        public sealed partial class Desk
        {
            [RoutedPrompt(Tier.Fast, EscalateTo = Tier.General)]
            [PromptTemplate("{{ticket}} {{previous.answer}}")]
            [PromptTemplate("{{ticket}} {{{|PG0211:previous.answer|}}}", ForTier = Tier.Fast)]
            public partial Task<Triage> AskAsync(string ticket);
        }
        """);

    [Theory]
    [InlineData("Tier.Fast, EscalateTo = Tier.General", "Triage", "")]
    [InlineData("Tier.Fast", "Triage", "[Ensemble(Models.Mini, Models.Haiku, Quorum = 2)]")]
    [InlineData("Models.Mini, Models.Sonnet", "string", "[AcceptIf(nameof(IsGood))]")]
    [InlineData("Tier.General", "Triage", "[RouteWhen(Tier.Fast, MaxInputTokens = 100)]")]
    public Task Stays_silent(string route, string output, string clause) => Rule.VerifyAsync($$$"""
        public sealed partial class Desk
        {
            [RoutedPrompt({{{route}}})]
            [PromptTemplate("{{ticket}}{{#if previous}}{{previous.answer}}{{/if}}")]
            {{{clause}}}
            public partial Task<{{{output}}}> AskAsync(string ticket);

            private static bool IsGood(string answer) => answer.Length > 10;
        }
        """);

    [Fact]
    public Task Stays_silent_where_a_parameter_has_the_name() => Rule.VerifyAsync("""
        public sealed partial class Desk
        {
            [RoutedPrompt(Tier.Fast)]
            [PromptTemplate("{{#if previous}}{{previous}}{{/if}}")]
            public partial Task<Triage> AskAsync(string previous);
        }
        """);
}
