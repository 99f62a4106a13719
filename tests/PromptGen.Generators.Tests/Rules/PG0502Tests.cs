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
    [InlineData("{|PG0502:0|}")]
    [InlineData("{|PG0502:-1|}")]
    public Task Fires_for_a_budget_of_nothing(string budget) => Rule.VerifyAsync($$$"""
        public sealed partial class Desk
        {
            [RoutedPrompt(Tier.Fast)]
            [PromptTemplate("{{ticket}}")]
            [Budget({{{budget}}})]
            public partial Task<Triage> AskAsync(string ticket);
        }
        """);

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
