namespace PromptGen.Generators.Tests.Rules;

/// <summary>Protected data stay on models of one's own.</summary>
public sealed class PG0601Tests
{
    [Fact]
    public async Task Fires_for_a_prompt()
    {
        var diagnostics = await Rule.VerifyAsync("""
            public sealed partial class Desk
            {
                [RoutedPrompt(Tier.SelfHosted, Fallbacks = [Models.Mini, Models.Sonnet])]
                [PromptTemplate("{{ticket}}")]
                [{|PG0601:SelfHostedOnly|}]
                public partial Task<Triage> AskAsync([Sensitive] string ticket);
            }
            """);

        Assert.StartsWith(
            "The prompt is [SelfHostedOnly], but the route can reach 'gpt-4o-mini-2024-07-18' and 'claude-3-5-sonnet-20241022': ",
            diagnostics.Message("PG0601"),
            StringComparison.Ordinal);
    }

    [Fact]
    public Task Fires_for_a_parameter() => Rule.VerifyAsync("""
        public sealed partial class Desk
        {
            [RoutedPrompt(Tier.Fast)]
            [PromptTemplate("{{name}}: {{ticket}}")]
            public partial Task<Triage> AskAsync([Sensitive] string {|PG0601:name|}, string ticket);
        }
        """);

    [Theory]
    [InlineData("[RoutedPrompt(Tier.SelfHosted), SelfHostedOnly]")]
    [InlineData("[RoutedPrompt(Models.Llama)]")]
    public Task Stays_silent(string route) => Rule.VerifyAsync($$$"""
        public sealed partial class Desk
        {
            {{{route}}}
            [PromptTemplate("{{name}}: {{ticket}}")]
            public partial Task<Triage> AskAsync([Sensitive] string name, string ticket);
        }
        """);

    [Fact]
    public Task Stays_silent_where_the_template_of_hosted_models_leaves_it_out() => Rule.VerifyAsync("""
        public sealed partial class Desk
        {
            [RoutedPrompt(Models.Llama, Fallbacks = [Models.Mini])]
            [PromptTemplate("{{name}}: {{ticket}}", ForTier = Tier.SelfHosted)]
            [PromptTemplate("{{ticket}}")]
            public partial Task<Triage> AskAsync([Sensitive] string name, string ticket);
        }
        """);

    [Fact]
    public Task Fires_at_a_judge_of_an_ensemble_that_a_hosted_model_serves() => Rule.VerifyAsync("""
        using System.Collections.Generic;

        public sealed partial class Desk
        {
            [RoutedPrompt(Tier.SelfHosted, Temperature = 1)]
            [PromptTemplate("{{ticket}}")]
            [Ensemble(Models.Llama, Samples = 2, Judge = {|PG0601:nameof(PickAsync)|})]
            [SelfHostedOnly]
            public partial Task<Triage> AskAsync(string ticket);

            [RoutedPrompt(Tier.Fast)]
            [PromptTemplate("{{json candidates}}")]
            public partial Task<int> PickAsync(IReadOnlyList<Triage> candidates);
        }
        """);

    [Fact]
    public Task Fires_at_a_judge_that_a_hosted_model_serves_and_not_at_one_that_protects_itself() => Rule.VerifyAsync("""
        public sealed partial class Desk
        {
            [RoutedPrompt(Tier.SelfHosted)]
            [PromptTemplate("{{ticket}}")]
            [SelfHostedOnly]
            [AcceptIf({|PG0601:nameof(IsGoodAsync)|})]
            [AcceptIf(nameof(IsSafeAsync))]
            public partial Task<Triage> AskAsync(string ticket);

            [RoutedPrompt(Tier.Fast)]
            [PromptTemplate("{{json answer}}")]
            public partial Task<bool> IsGoodAsync(Triage answer);

            [RoutedPrompt(Tier.SelfHosted)]
            [PromptTemplate("{{json answer}}")]
            [SelfHostedOnly]
            public partial Task<bool> IsSafeAsync(Triage answer);
        }
        """);
}
