namespace PromptGen.Generators.Tests.Rules;

/// <summary>Prompts do not call each other in a circle.</summary>
public sealed class PG0415Tests
{
    [Fact]
    public async Task Fires_where_substitutes_lead_back()
    {
        var diagnostics = await Rule.VerifyAsync("""
            public sealed partial class Desk
            {
                [RoutedPrompt(Tier.Fast)]
                [PromptTemplate("{{ticket}}")]
                [Fallback({|PG0415:nameof(SecondAsync)|})]
                public partial Task<Triage> FirstAsync(string ticket);

                [RoutedPrompt(Tier.Fast)]
                [PromptTemplate("{{ticket}}")]
                [Fallback({|PG0415:nameof(FirstAsync)|})]
                public partial Task<Triage> SecondAsync(string ticket);
            }
            """);

        Assert.Contains(
            "The prompts call each other in a circle: FirstAsync → SecondAsync → FirstAsync; name a method in [Fallback] that is not one of them",
            diagnostics.Select(static diagnostic => diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Fact]
    public Task Fires_where_judges_lead_back_over_others() => Rule.VerifyAsync("""
        public sealed partial class Desk
        {
            [RoutedPrompt(Tier.Fast)]
            [PromptTemplate("{{json answer}}")]
            [AcceptIf({|PG0415:nameof(SecondAsync)|})]
            public partial Task<bool> FirstAsync(bool answer);

            [RoutedPrompt(Tier.Fast)]
            [PromptTemplate("{{json answer}}")]
            [AcceptIf({|PG0415:nameof(ThirdAsync)|})]
            public partial Task<bool> SecondAsync(bool answer);

            [RoutedPrompt(Tier.Fast)]
            [PromptTemplate("{{json answer}}")]
            [AcceptIf({|PG0415:nameof(FirstAsync)|})]
            public partial Task<bool> ThirdAsync(bool answer);
        }
        """);

    [Fact]
    public Task Fires_where_a_prompt_judges_itself() => Rule.VerifyAsync("""
        public sealed partial class Desk
        {
            [RoutedPrompt(Tier.Fast)]
            [PromptTemplate("{{json answer}}")]
            [AcceptIf({|PG0415:nameof(FirstAsync)|})]
            public partial Task<bool> FirstAsync(bool answer);
        }
        """);

    [Fact]
    public Task Fires_where_the_judge_of_an_ensemble_is_an_ensemble_with_that_judge() => Rule.VerifyAsync("""
        using System.Collections.Generic;

        public sealed partial class Desk
        {
            [RoutedPrompt(Models.Sonnet)]
            [PromptTemplate("{{json candidates}}")]
            [Ensemble(Models.Mini, Models.Haiku, Judge = {|PG0415:nameof(PickAsync)|})]
            public partial Task<int> PickAsync(IReadOnlyList<int> candidates);
        }
        """);

    [Fact]
    public Task Stays_silent_for_a_chain_and_for_a_judge_of_two_prompts() => Rule.VerifyAsync("""
        public sealed partial class Desk
        {
            [RoutedPrompt(Tier.Fast)]
            [PromptTemplate("{{ticket}}")]
            [AcceptIf(nameof(IsGoodAsync))]
            [Fallback(nameof(SecondAsync))]
            public partial Task<Triage> FirstAsync(string ticket);

            [RoutedPrompt(Tier.Fast)]
            [PromptTemplate("{{ticket}}")]
            [AcceptIf(nameof(IsGoodAsync))]
            public partial Task<Triage> SecondAsync(string ticket);

            [RoutedPrompt(Tier.Fast)]
            [PromptTemplate("{{json answer}}")]
            public partial Task<bool> IsGoodAsync(Triage answer);
        }
        """);
}
