namespace PromptGen.Generators.Tests.Rules;

/// <summary>Text and answer fit into the context window.</summary>
public sealed class PG0501Tests
{
    [Fact]
    public async Task Fires_for_the_output_limit()
    {
        var diagnostics = await Rule.VerifyAsync("""
            [ModelCatalog]
            public static class Own
            {
                [Model("ollama", Tier.SelfHosted, ContextWindow = 2_048)]
                public const string Small = "phi-3";
            }

            public sealed partial class Desk
            {
                [RoutedPrompt(Tier.SelfHosted, MaxOutputTokens = {|PG0501:2_048|})]
                [PromptTemplate("Triage this ticket: {{ticket}}")]
                public partial Task<Triage> AskAsync(string ticket);
            }
            """);

        Assert.Contains("exceed the context window of 'phi-3' (2048)", diagnostics.Message("PG0501"), StringComparison.Ordinal);
    }

    [Fact]
    public Task Fires_for_the_text() => Rule.VerifyAsync($$"""
        [ModelCatalog]
        public static class Own
        {
            [Model("ollama", Tier.SelfHosted, ContextWindow = 2_048)]
            public const string Small = "phi-3";
        }

        public sealed partial class Desk
        {
            [RoutedPrompt(Tier.SelfHosted, MaxOutputTokens = 100)]
            [{|PG0501:PromptTemplate("{{new string('a', 10_000)}}")|}]
            public partial Task<Triage> AskAsync();
        }
        """);

    [Theory]
    [InlineData("RouteWhen(Tier.General, MinInputTokens = {|PG0501:500_000|})")]
    [InlineData("RouteWhen(Models.Mini, MinInputTokens = {|PG0501:128_001|})")]
    public Task Fires_for_a_rule_whose_inputs_no_model_has_room_for(string clauses) => Rule.VerifyAsync(Routed(clauses));

    [Theory]
    [InlineData("RouteWhen(Tier.General, MinInputTokens = 200_000)")]
    [InlineData("RouteWhen(Tier.General, MaxInputTokens = 500_000)")]
    public Task Stays_silent_for_a_rule_whose_inputs_a_model_has_room_for(string clauses) => Rule.VerifyAsync(Routed(clauses));

    private static string Routed(string clauses) => $$$"""
        public sealed partial class Desk
        {
            [RoutedPrompt(Tier.Fast, EscalateTo = Tier.General)]
            [PromptTemplate("{{ticket}}")]
            [{{{clauses}}}]
            public partial Task<Triage> AskAsync(string ticket);
        }
        """;

    [Theory]
    [InlineData(1.5, false)]
    [InlineData(2, true)]
    public async Task The_text_counts_with_the_factor_of_the_model(double factor, bool fires)
    {
        var diagnostics = await Rule.JudgeAsync($$"""
            [ModelCatalog]
            public static class Own
            {
                [Model("ollama", Tier.SelfHosted, ContextWindow = 4_096, TokenFactor = {{factor.ToString(System.Globalization.CultureInfo.InvariantCulture)}})]
                public const string Small = "phi-3";
            }

            public sealed partial class Desk
            {
                [RoutedPrompt(Tier.SelfHosted, MaxOutputTokens = 100)]
                [PromptTemplate("{{new string('a', 10_000)}}")]
                public partial Task<Triage> AskAsync();
            }
            """);

        Assert.Equal(fires, diagnostics.Any(static diagnostic => diagnostic.Id == "PG0501"));
    }

    [Fact]
    public async Task Fires_for_the_answer_of_an_earlier_step()
    {
        var diagnostics = await Rule.VerifyAsync("""
            [ModelCatalog]
            public static class Own
            {
                [Model("ollama", Tier.Fast)]
                public const string Tiny = "smollm-2";

                [Model("ollama", Tier.General, ContextWindow = 4_096)]
                public const string Small = "phi-3";
            }

            public sealed partial class Desk
            {
                [RoutedPrompt(Own.Tiny, Own.Small, MaxOutputTokens = {|PG0501:2_030|})]
                [PromptTemplate("{{ticket}} {{previous.answer}}")]
                public partial Task<Triage> AskAsync(string ticket);
            }
            """);

        Assert.Contains("The static text, the answer of an earlier step and the schema (about 2", diagnostics.Message("PG0501"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fires_for_an_output_limit_that_leaves_no_room_for_the_prompt()
    {
        var diagnostics = await Rule.VerifyAsync("""
            [ModelCatalog]
            public static class Own
            {
                [Model("ollama", Tier.SelfHosted, ContextWindow = 4_096, MaxOutputTokens = 4_096)]
                public const string Small = "acme-deep-1";
            }

            public sealed partial class Desk
            {
                [RoutedPrompt(Tier.SelfHosted)]
                [{|PG0501:PromptTemplate("Triage this ticket: {{ticket}}")|}]
                public partial Task<Triage> AskAsync(string ticket);
            }
            """);

        Assert.Equal("'acme-deep-1' declares MaxOutputTokens 4096 but ContextWindow 4096: correct the catalog or set MaxOutputTokens", diagnostics.Message("PG0501"));
    }

    [Fact]
    public async Task Stays_silent_about_limits_that_are_reported_in_the_catalog()
    {
        var diagnostics = await Rule.VerifyAsync("""
            [ModelCatalog]
            public static class Own
            {
                [Model("ollama", Tier.SelfHosted, ContextWindow = 4_096, MaxOutputTokens = {|PG0802:16_384|})]
                public const string Small = "acme-deep-1";
            }

            public sealed partial class Desk
            {
                [RoutedPrompt(Tier.SelfHosted)]
                [PromptTemplate("Triage this ticket: {{ticket}}")]
                public partial Task<Triage> AskAsync(string ticket);
            }
            """);

        Assert.Equal("MaxOutputTokens (16384) is above ContextWindow (4096), which holds prompt and answer: correct one of the two", diagnostics.Message("PG0802"));
    }

    [Theory]
    [InlineData("ContextWindow = 2_048", "Tier.SelfHosted, MaxOutputTokens = 1_024")]
    [InlineData("ContextWindow = 2_048, MaxOutputTokens = 1_024", "Tier.SelfHosted, MaxOutputTokens = {|PG0505:4_096|}")]
    [InlineData("ContextWindow = 2_048", "Tier.SelfHosted")]
    [InlineData("TimeoutSeconds = 9", "Tier.SelfHosted, MaxOutputTokens = 1_000_000")]
    public Task Stays_silent(string model, string route) => Rule.VerifyAsync($$$"""
        [ModelCatalog]
        public static class Own
        {
            [Model("ollama", Tier.SelfHosted, {{{model}}})]
            public const string Small = "phi-3";
        }

        public sealed partial class Desk
        {
            [RoutedPrompt({{{route}}})]
            [PromptTemplate("Triage this ticket: {{ticket}}")]
            public partial Task<Triage> AskAsync(string ticket);
        }
        """);
}
