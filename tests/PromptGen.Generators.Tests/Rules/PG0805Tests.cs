namespace PromptGen.Generators.Tests.Rules;

/// <summary>A retirement is a day.</summary>
public sealed class PG0805Tests
{
    [Theory]
    [InlineData("31.03.2030")]
    [InlineData("2030/03/31")]
    [InlineData("2030-3-31")]
    [InlineData("2030-02-30")]
    [InlineData("2030-03")]
    [InlineData("2030-03-31T00:00:00Z")]
    [InlineData("soon")]
    [InlineData("")]
    public async Task Fires(string date)
    {
        var diagnostics = await Rule.VerifyAsync(Catalog($"{{|PG0805:\"{date}\"|}}"));

        Assert.Equal($"Retires cannot be read as a day, so the retirement is never reported: '{date}' is not a date in the form yyyy-MM-dd, for example 2026-03-31", diagnostics.Message("PG0805"));
    }

    [Theory]
    [InlineData("\"2030-03-31\"")]
    [InlineData("\"2028-02-29\"")]
    [InlineData("null")]
    public Task Stays_silent(string date) => Rule.VerifyAsync(Catalog(date));

    private static string Catalog(string date) => $$"""
        [ModelCatalog]
        public static class Own
        {
            [Model("acme", Tier.Fast, Retires = {{date}})]
            public const string Mini = "acme-mini-1";
        }
        """;
}
