namespace PromptGen.Generators.Tests.Rules;

/// <summary>Prices are those of a million tokens.</summary>
public sealed class PG0803Tests
{
    [Theory]
    [InlineData("InputPrice = {|PG0803:0.00000015|}", "InputPrice is in USD per million tokens, and $0.00000015 is less than any model costs: write 0.15 if it is the price of one token")]
    [InlineData("OutputPrice = {|PG0803:6e-7|}", "OutputPrice is in USD per million tokens, and $0.0000006 is less than any model costs: write 0.6 if it is the price of one token")]
    [InlineData("CachedInputPrice = {|PG0803:Prices.Cached|}", "CachedInputPrice is in USD per million tokens, and $0.000075 is less than any model costs: write 0.075 if it is the price of a thousand tokens, or 75 if it is that of one")]
    [InlineData("InputPrice = {|PG0803:-0.5|}", "InputPrice of a model cannot be -0.5: set it to 0 or more USD per million tokens, or leave it out if it is not known")]
    [InlineData("CacheWritePrice = {|PG0803:-1|}", "CacheWritePrice of a model cannot be -1: set it to 0 or more USD per million tokens, or leave it out if it is not known")]
    [InlineData("InputPrice = 0.15, CachedInputPrice = {|PG0803:0.3|}", "CachedInputPrice ($0.30) is above InputPrice ($0.15), although cached input never costs more: correct one of the two")]
    [InlineData("InputPrice = 0, CachedInputPrice = {|PG0803:0.3|}", "CachedInputPrice ($0.30) is above InputPrice ($0.00), although cached input never costs more: correct one of the two")]
    [InlineData("InputPrice = 3, OutputPrice = 15, LongContextFrom = 200_000, LongContextOutputPrice = {|PG0803:7.5|}", "LongContextOutputPrice ($7.50) is below OutputPrice ($15.00), although a long request never costs less per token: correct one of the two")]
    [InlineData("InputPrice = {|PG0803:15|}, OutputPrice = 3", "InputPrice ($15.00) is above OutputPrice ($3.00), although output costs at least as much as input: swap the two")]
    [InlineData("InputPrice = 3, OutputPrice = 15, LongContextFrom = 200_000, LongContextInputPrice = {|PG0803:30|}, LongContextOutputPrice = 15", "LongContextInputPrice ($30.00) is above LongContextOutputPrice ($15.00), although output costs at least as much as input: swap the two")]
    [InlineData("InputPrice = 3, OutputPrice = 15, CachedInputPrice = {|PG0803:3|}, CacheWritePrice = 0.3", "CachedInputPrice ($3.00) is above CacheWritePrice ($0.30), although writing to a cache costs at least as much as reading from it: swap the two")]
    public async Task Fires(string prices, string message) => Assert.Equal(message, (await Rule.VerifyAsync(Catalog(prices))).Message("PG0803"));

    [Fact]
    public Task Fires_at_each_price() => Rule.VerifyAsync(Catalog("InputPrice = {|PG0803:0.00000015|}, OutputPrice = {|PG0803:0.0000006|}"));

    [Theory]
    [InlineData("InputPrice = 0, OutputPrice = 0")]
    [InlineData("InputPrice = 0.02, OutputPrice = 0.04, CachedInputPrice = 0.002")]
    [InlineData("InputPrice = 0.001, OutputPrice = 600")]
    [InlineData("InputPrice = 3, OutputPrice = 3, CachedInputPrice = 3, CacheWritePrice = 3.75")]
    [InlineData("InputPrice = 0.02, OutputPrice = 0")]
    [InlineData("InputPrice = 0.02")]
    [InlineData("InputPrice = 3, OutputPrice = 15, CachedInputPrice = 0.3, CacheWritePrice = 0.3")]
    [InlineData("InputPrice = double.NaN, CachedInputPrice = 0.3")]
    [InlineData("InputPrice = 3, OutputPrice = 15, LongContextFrom = 200_000, LongContextInputPrice = 6, LongContextOutputPrice = 15")]
    public Task Stays_silent(string prices) => Rule.VerifyAsync(Catalog(prices));

    private static string Catalog(string prices) => $$"""
        [ModelCatalog]
        public static class Own
        {
            [Model("acme", Tier.Fast, {{prices}})]
            public const string Mini = "acme-mini-1";
        }

        internal static class Prices
        {
            public const double Cached = 0.075 / 1000;
        }
        """;
}
