using PromptGen.CodeFixes;

namespace PromptGen.Generators.Tests.CodeFixes;

/// <summary>PG0803: prices that are swapped change places; the others have no fix.</summary>
public sealed class SwappedPriceCodeFixTests
{
    [Fact]
    public Task Swaps_the_prices_of_input_and_output() => Fixing.VerifyAsync(
        new SwappedPriceCodeFix(), "Swap InputPrice and OutputPrice", Catalog("InputPrice = 15, OutputPrice = 3.00"), Catalog("InputPrice = 3.00, OutputPrice = 15"));

    [Fact]
    public Task Swaps_the_prices_of_a_cache() => Fixing.VerifyAsync(
        new SwappedPriceCodeFix(), "Swap CachedInputPrice and CacheWritePrice", Catalog("InputPrice = 4, CacheWritePrice = 0.3, CachedInputPrice = 3.75"), Catalog("InputPrice = 4, CacheWritePrice = 3.75, CachedInputPrice = 0.3"));

    [Fact]
    public async Task Leaves_other_prices() => Assert.Empty(await Fixing.TitlesAsync(new SwappedPriceCodeFix(), Catalog("InputPrice = -1, OutputPrice = 3")));

    private static string Catalog(string prices) => $$"""
        [ModelCatalog]
        public static class Own
        {
            [Model("acme", Tier.Fast, {{prices}})]
            public const string Mini = "acme-mini-1";
        }
        """;
}
