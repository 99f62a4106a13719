namespace PromptGen.Generators.Tests.Rules;

/// <summary>Successors and providers exist.</summary>
public sealed class PG0806Tests
{
    [Theory]
    [InlineData("Retires = \"2030-03-31\", ReplacedBy = {|PG0806:\"zeta-9\"|}", "The successor 'zeta-9' is in no catalog: add it, or name a model of the catalog")]
    [InlineData("ReplacedBy = {|PG0806:\"acme-midi-l\"|}", "The successor 'acme-midi-l' is in no catalog: did you mean 'acme-midi-1'?")]
    [InlineData("ReplacedBy = {|PG0806:Own.Mini|}", "'acme-mini-1' is its own successor: name another model, or remove ReplacedBy")]
    [InlineData("Retires = \"2025-01-31\", ReplacedBy = {|PG0806:Gone|}", "The successor 'acme-gone-1' was retired on 2025-06-30: name 'acme-midi-1'")]
    [InlineData("Retires = \"2030-03-31\", ReplacedBy = {|PG0806:Soon|}", "The successor 'acme-soon-1' retires on 2030-03-31, not after the model itself: name a model that stays")]
    public async Task Fires_on_the_successor(string facts, string message) => Assert.Equal(message, (await Rule.VerifyAsync(Catalog(facts))).Message("PG0806"));

    [Fact]
    public Task Fires_on_each_model_of_a_circle() => Rule.VerifyAsync("""
        [ModelCatalog]
        public static class Own
        {
            [Model("acme", Tier.Fast, ReplacedBy = {|PG0806:Two|})]
            public const string One = "acme-one";

            [Model("acme", Tier.Fast, ReplacedBy = {|PG0806:Three|})]
            public const string Two = "acme-two";

            [Model("acme", Tier.Fast, ReplacedBy = {|PG0806:One|})]
            public const string Three = "acme-three";
        }
        """);

    [Theory]
    [InlineData("opanai", "openai")]
    [InlineData("opnai", "openai")]
    [InlineData("openaii", "openai")]
    [InlineData("OpneAI", "openai")]
    [InlineData("antropic", "anthropic")]
    [InlineData("gogle", "google")]
    [InlineData("misttral", "mistral")]
    [InlineData("Acme", "acme")]
    [InlineData("acmee", "acme")]
    public async Task Fires_on_a_provider_one_letter_off(string provider, string meant)
    {
        var diagnostics = await Rule.VerifyAsync(Providers($"{{|PG0806:\"{provider}\"|}}"));

        Assert.Equal($"No provider is known as '{provider}': did you mean '{meant}'?", diagnostics.Message("PG0806"));
    }

    [Fact]
    public async Task Fires_where_provider_and_id_are_swapped() => Assert.Equal(
        "'openai' is a provider and stands for the id of a model, whose provider is 'gpt-4o-mini': swap the two",
        (await Rule.VerifyAsync("""
            [ModelCatalog]
            public static class Own
            {
                [Model({|PG0806:"gpt-4o-mini"|}, Tier.Fast)]
                public const string Mini = "openai";

                [Model("openai", Tier.Fast)]
                public const string Grok = "grok";
            }
            """)).Message("PG0806"));

    [Theory]
    [InlineData("ReplacedBy = Midi")]
    [InlineData("Retires = \"2030-01-31\", ReplacedBy = Soon")]
    [InlineData("Retires = \"2030-01-31\"")]
    [InlineData("ReplacedBy = null")]
    public Task Stays_silent_about_a_successor(string facts) => Rule.VerifyAsync(Catalog(facts));

    [Theory]
    [InlineData("openai")]
    [InlineData("OpenAI")]
    [InlineData("azure-openai")]
    [InlineData("azureopenai")]
    [InlineData("openai2")]
    [InlineData("vertexai")]
    [InlineData("groq")]
    [InlineData("grok")]
    [InlineData("xai")]
    [InlineData("acme2")]
    [InlineData("acme-eu")]
    [InlineData("acme-b")]
    [InlineData("zenith")]
    [InlineData("local")]
    public Task Stays_silent_about_a_provider(string provider) => Rule.VerifyAsync(Providers($"\"{provider}\""));

    private static string Catalog(string facts) => $$"""
        [ModelCatalog]
        public static class Own
        {
            [Model("acme", Tier.Fast, {{facts}})]
            public const string Mini = "acme-mini-1";

            [Model("acme", Tier.Fast)]
            public const string Midi = "acme-midi-1";

            [Model("acme", Tier.Fast, Retires = "2030-03-31")]
            public const string Soon = "acme-soon-1";

            [Model("acme", Tier.Fast, Retires = "2025-06-30", ReplacedBy = Midi)]
            public const string Gone = "acme-gone-1";
        }
        """.Replace("public const string Mini", facts.Contains("2025-01-31", StringComparison.Ordinal) ? "public const string {|PG0701:Mini|}" : "public const string Mini", StringComparison.Ordinal)
            .Replace("public const string Gone", "public const string {|PG0701:Gone|}", StringComparison.Ordinal);

    private static string Providers(string provider) => $$"""
        [ModelCatalog]
        public static class Own
        {
            [Model("acme", Tier.Fast)]
            public const string Mini = "acme-mini-1";

            [Model("acme", Tier.General)]
            public const string Midi = "acme-midi-1";

            [Model({{provider}}, Tier.Deep)]
            public const string Large = "large-1";
        }
        """;
}
