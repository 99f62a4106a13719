namespace PromptGen.Generators.Tests.Rules;

/// <summary>A model is described once.</summary>
public sealed class PG0804Tests
{
    [Theory]
    [InlineData("\"acme\", Tier.Fast, InputPrice = 0.30", "InputPrice")]
    [InlineData("\"other\", Tier.Deep, InputPrice = 0.15", "provider and tier")]
    [InlineData("\"acme\", Tier.Fast, InputPrice = 0.15, ContextWindow = 8_192, Retires = \"2030-01-31\"", "ContextWindow and Retires")]
    public async Task Fires_on_the_second_one(string facts, string different)
    {
        var diagnostics = await Rule.VerifyAsync($$"""
            [ModelCatalog]
            public static class Own
            {
                [Model("acme", Tier.Fast, InputPrice = 0.15)]
                public const string Mini = "acme-mini-1";

                [Model({{facts}})]
                public const string {|PG0804:Small|} = "acme-mini-1";
            }
            """);

        Assert.Equal($"'acme-mini-1' is described by 'Own.Mini' already, with another {different}, and only one of the two counts: remove one, or make them equal", diagnostics.Message("PG0804"));
    }

    [Fact]
    public Task Fires_across_catalogs() => Rule.VerifyAsync("""
        [ModelCatalog]
        public static class Own
        {
            [Model("acme", Tier.Fast, InputPrice = 0.15)]
            public const string Mini = "acme-mini-1";
        }

        [ModelCatalog]
        public static class Second
        {
            [Model("acme", Tier.Fast, InputPrice = 0.20)]
            public const string {|PG0804:Mini|} = Own.Mini;
        }
        """);

    [Fact]
    public Task Stays_silent() => Rule.VerifyAsync("""
        [ModelCatalog]
        public static class Own
        {
            [Model("acme", Tier.Fast, InputPrice = 0.15)]
            public const string Mini = "acme-mini-1";

            [Model("acme", Tier.Fast, InputPrice = 0.150)]
            public const string Same = "acme-mini-1";

            [Model("acme", Tier.Fast, InputPrice = 0.20)]
            public const string Other = "ACME-mini-1";

            public const string Alias = Mini;
        }
        """);
}
