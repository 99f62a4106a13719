namespace PromptGen.Generators.Tests.Rules;

/// <summary>Limits and flags of a model agree.</summary>
public sealed class PG0802Tests
{
    [Theory]
    [InlineData("Tier.Fast, ContextWindow = 16_384, MaxOutputTokens = {|PG0802:128_000|}", "MaxOutputTokens (128000) is above ContextWindow (16384), which holds prompt and answer: correct one of the two")]
    [InlineData("Tier.Fast, MaxOutputTokens = {|PG0802:int.MaxValue|}, ContextWindow = 1", "MaxOutputTokens (2147483647) is above ContextWindow (1), which holds prompt and answer: correct one of the two")]
    [InlineData("Tier.Fast, ContextWindow = 128_000, LongContextFrom = {|PG0802:200_000|}, LongContextInputPrice = 6", "LongContextFrom (200000) is above ContextWindow (128000), so no request has the long-context prices: correct one of the two")]
    [InlineData("Tier.Fast, ContextWindow = {|PG0802:128|}, MaxOutputTokens = 16", "ContextWindow is in tokens, and 128 is less than any model has: write 128000 if thousands were meant")]
    [InlineData("Tier.Fast, RequestsPerMinute = {|PG0802:200_000|}, TokensPerMinute = 500", "RequestsPerMinute (200000) is above TokensPerMinute (500), although each request has tokens: swap the two")]
    [InlineData("Tier.SelfHosted, SelfHosted = {|PG0802:false|}", "SelfHosted is false for a model of Tier.SelfHosted: remove it, or choose another tier")]
    public async Task Fires(string facts, string message) => Assert.Equal(message, (await Rule.VerifyAsync(Catalog(facts))).Message("PG0802"));

    [Theory]
    [InlineData("Tier.Fast")]
    [InlineData("Tier.Fast, MaxOutputTokens = 128_000")]
    [InlineData("Tier.Fast, ContextWindow = 512, MaxOutputTokens = 16")]
    [InlineData("Tier.Fast, RequestsPerMinute = 500, TokensPerMinute = 500")]
    [InlineData("Tier.Fast, RequestsPerMinute = 500")]
    [InlineData("Tier.Fast, ContextWindow = 128_000, MaxOutputTokens = 128_000")]
    [InlineData("Tier.Fast, ContextWindow = 200_000, LongContextFrom = 200_000, LongContextInputPrice = 6")]
    [InlineData("Tier.SelfHosted, SelfHosted = true")]
    [InlineData("Tier.Deep, SelfHosted = true")]
    [InlineData("Tier.Deep, Features = ModelFeatures.Reasoning, AcceptsTemperature = true")]
    public Task Stays_silent(string facts) => Rule.VerifyAsync(Catalog(facts));

    private static string Catalog(string facts) => $$"""
        [ModelCatalog]
        public static class Own
        {
            [Model("acme", {{facts}})]
            public const string Mini = "acme-mini-1";
        }
        """;
}
