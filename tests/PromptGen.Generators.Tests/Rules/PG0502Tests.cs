namespace PromptGen.Generators.Tests.Rules;

/// <summary>The worst case of a route stays inside its budget.</summary>
public sealed class PG0502Tests
{
    [Fact]
    public async Task Fires()
    {
        var diagnostics = await Rule.VerifyAsync("""
            public sealed partial class Desk
            {
                [RoutedPrompt(Tier.Fast, EscalateTo = Tier.General, MaxOutputTokens = 1_000, Repairs = 0)]
                [PromptTemplate("{{ticket}}")]
                [Budget({|PG0502:0.01|})]
                public partial Task<Triage> AskAsync(string ticket);
            }
            """);

        Assert.Matches(
            @"^The route can cost \$0\.019\d* \(Fast \$0\.004\d* \+ General \$0\.015\d*\) before any parameter is counted, more than the budget of \$0\.01: ",
            diagnostics.Message("PG0502"));
    }

    [Theory]
    [InlineData("Tier.Fast, EscalateTo = Tier.General, MaxOutputTokens = 1_000, Repairs = 0", 0.02, "Triage")]
    [InlineData("Tier.Fast, MaxOutputTokens = 1_000, Repairs = 0", 0.005, "Triage")]
    [InlineData("Tier.Fast, MaxOutputTokens = 1_000, Repairs = 1", 0.005, "string")]
    public Task Stays_silent(string route, double budget, string output) => Rule.VerifyAsync($$$"""
        public sealed partial class Desk
        {
            [RoutedPrompt({{{route}}})]
            [PromptTemplate("{{ticket}}")]
            [Budget({{{budget.ToString(System.Globalization.CultureInfo.InvariantCulture)}}})]
            public partial Task<{{{output}}}> AskAsync(string ticket);
        }
        """);

    [Theory]
    [InlineData("", 0.0135)]
    [InlineData("CacheWritePrice = 2", 0.021)]
    [InlineData("CacheWritePrice = 0.5", 0.0135)]
    [InlineData("LongContextFrom = 7_000, LongContextInputPrice = 2", 0.021)]
    [InlineData("LongContextFrom = 7_000, LongContextOutputPrice = 9", 0.0165)]
    [InlineData("LongContextFrom = 7_000, LongContextInputPrice = 2, CacheWritePrice = 2", 0.036)]
    [InlineData("LongContextFrom = 7_500, LongContextInputPrice = 2, LongContextOutputPrice = 9", 0.0135)]
    public async Task Fires_with_the_prices_that_apply(string prices, double usd)
    {
        var diagnostics = await Rule.VerifyAsync($$"""
            [ModelCatalog]
            public static class Own
            {
                [Model("ollama", Tier.SelfHosted, InputPrice = 1, OutputPrice = 6{{(prices.Length > 0 ? ", " + prices : "")}})]
                public const string Small = "phi-3";
            }

            public sealed partial class Desk
            {
                [RoutedPrompt(Tier.SelfHosted, MaxOutputTokens = 1_000, Repairs = 0)]
                [PromptTemplate("{{new string('a', 29_984)}}")]
                [Budget({|PG0502:0.000001|})]
                public partial Task<string> AskAsync();
            }
            """);

        Assert.StartsWith(FormattableString.Invariant($"The route can cost ${usd:0.00####} "), diagnostics.Message("PG0502"), StringComparison.Ordinal);
    }

    // The template and the schema take 500 tokens, the answer that is sent back 1,000.
    [Theory]
    [InlineData(1_500, 0.012)]
    [InlineData(1_499, 0.0135)]
    [InlineData(499, 0.014)]
    public async Task A_repair_counts_the_answer_that_it_sends_back_to_the_threshold(int from, double usd)
    {
        var diagnostics = await Rule.VerifyAsync($$"""
            [ModelCatalog]
            public static class Own
            {
                [Model("ollama", Tier.SelfHosted, InputPrice = 1, OutputPrice = 5, LongContextFrom = {{from}}, LongContextInputPrice = 2)]
                public const string Small = "phi-3";
            }

            public sealed partial class Desk
            {
                [RoutedPrompt(Tier.SelfHosted, MaxOutputTokens = 1_000, Repairs = 1)]
                [PromptTemplate("{{new string('a', 1_448)}}")]
                [Budget({|PG0502:0.000001|})]
                public partial Task<Triage> AskAsync();
            }
            """);

        Assert.StartsWith(FormattableString.Invariant($"The route can cost ${usd:0.00####} "), diagnostics.Message("PG0502"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{|PG0502:0.0000001|}", "more than the budget of $0.0000001: raise the budget, lower MaxOutputTokens or Repairs, or shorten the route")]
    public async Task Fires_for_a_budget_of_next_to_nothing(string budget, string message) => Assert.EndsWith(message, (await Rule.VerifyAsync($$$"""
        public sealed partial class Desk
        {
            [RoutedPrompt(Tier.Fast)]
            [PromptTemplate("{{ticket}}")]
            [Budget({{{budget}}})]
            public partial Task<Triage> AskAsync(string ticket);
        }
        """)).Message("PG0502"), StringComparison.Ordinal);

    [Fact]
    public Task Counts_repairs() => Rule.VerifyAsync("""
        public sealed partial class Desk
        {
            [RoutedPrompt(Tier.Fast, MaxOutputTokens = 1_000)]
            [PromptTemplate("{{ticket}}")]
            [Budget({|PG0502:0.005|})]
            public partial Task<Triage> AskAsync(string ticket);
        }
        """);
}
