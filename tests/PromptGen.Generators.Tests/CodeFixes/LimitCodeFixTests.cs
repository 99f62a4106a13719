using PromptGen.CodeFixes;

namespace PromptGen.Generators.Tests.CodeFixes;

/// <summary>PG0502 and PG0503: limits are raised to what the route needs. PG0505: numbers in another unit are converted.</summary>
public sealed class LimitCodeFixTests
{
    [Fact]
    public async Task Raises_the_budget()
    {
        var before = Prompt("Budget(0.0001)", ", MaxOutputTokens = 500, Repairs = 0");
        var title = Assert.Single(await Fixing.TitlesAsync(new BudgetCodeFix(), before));
        var usd = title["Raise the budget to ".Length..];

        Assert.InRange(double.Parse(usd, System.Globalization.CultureInfo.InvariantCulture), 0.002, 0.003);
        await Fixing.VerifyAsync(new BudgetCodeFix(), title, before, before.Replace("0.0001", usd, StringComparison.Ordinal));
    }

    [Fact]
    public Task Raises_the_deadline() => Fixing.VerifyAsync(
        new DeadlineCodeFix(), "Raise the deadline to 20 seconds", Prompt("Deadline(5)", ", EscalateTo = Tier.General"), Prompt("Deadline(20)", ", EscalateTo = Tier.General"));

    [Theory]
    [InlineData("Deadline(30_000)", "30")]
    [InlineData("Deadline(1_500)", "1.5")]
    [InlineData("Budget(50)", "0.5")]
    public Task Converts_the_unit(string limit, string number) => Fixing.VerifyAsync(
        new UnitCodeFix(), $"Change to {number}", Prompt(limit, ""), Prompt($"{limit.Split('(')[0]}({number})", ""));

    [Fact]
    public async Task Proposes_no_number_where_none_is_known() => Assert.Empty(await Fixing.TitlesAsync(new UnitCodeFix(), Prompt("Deadline(30)", ", Repairs = 100")));

    private static string Prompt(string limit, string route) => $$$"""
        public sealed partial class Desk
        {
            [RoutedPrompt(Tier.Fast{{{route}}})]
            [PromptTemplate("{{ticket}}")]
            [{{{limit}}}]
            public partial Task<Triage> AskAsync(string ticket);
        }
        """;
}
