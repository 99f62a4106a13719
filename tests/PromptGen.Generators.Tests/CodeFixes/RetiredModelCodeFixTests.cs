using PromptGen.CodeFixes;

namespace PromptGen.Generators.Tests.CodeFixes;

/// <summary>PG0701: the constant gets the successor's id.</summary>
public sealed class RetiredModelCodeFixTests
{
    private const string Retired = ", Retires = \"2025-09-30\", ReplacedBy = \"gpt-4o-mini-2024-07-18\"";

    [Theory]
    [InlineData("\"gpt-3.5-turbo-1106\"", "\"gpt-4o-mini-2024-07-18\"")]
    [InlineData("@\"gpt-3.5-turbo-1106\"", "@\"gpt-4o-mini-2024-07-18\"")]
    [InlineData("\"gpt-3.5\" + \"-turbo-1106\"", "\"gpt-4o-mini-2024-07-18\"")]
    public Task Writes_the_successor(string before, string after) => Fixing.VerifyAsync(
        new RetiredModelCodeFix(), "Replace by 'gpt-4o-mini-2024-07-18'", Source(Retired + ", InputPrice = 1", before), Source(", InputPrice = 1", after));

    [Fact]
    public Task Writes_all_successors_at_once() => Fixing.VerifyAllAsync(
        new RetiredModelCodeFix(),
        "successor",
        Source(Retired, "\"gpt-3.5-turbo-1106\"") + Source(Retired, "\"gpt-4-0613\"").Replace("Own", "Other", StringComparison.Ordinal),
        Source("", "\"gpt-4o-mini-2024-07-18\"") + Source("", "\"gpt-4o-mini-2024-07-18\"").Replace("Own", "Other", StringComparison.Ordinal));

    [Fact]
    public async Task Offers_nothing_without_a_successor() =>
        Assert.Empty(await Fixing.TitlesAsync(new RetiredModelCodeFix(), Source(", Retires = \"2025-09-30\"", "\"gpt-3.5-turbo-1106\"")));

    [Fact]
    public async Task Offers_nothing_where_the_catalog_has_the_successor_already() =>
        Assert.Empty(await Fixing.TitlesAsync(
            new RetiredModelCodeFix(),
            Source(Retired, "\"gpt-3.5-turbo-1106\"") + Source("", "\"gpt-4o-mini-2024-07-18\"").Replace("Own", "Other", StringComparison.Ordinal)));

    private static string Source(string lifecycle, string id) => $$"""
        [ModelCatalog]
        public static class Own
        {
            [Model("openai", Tier.Fast{{lifecycle}})]
            public const string Mini = {{id}};
        }

        """;
}
