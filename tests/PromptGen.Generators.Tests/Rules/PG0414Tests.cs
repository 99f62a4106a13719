namespace PromptGen.Generators.Tests.Rules;

/// <summary>A model must be able to do what the prompt asks.</summary>
public sealed class PG0414Tests
{
    [Theory]
    [InlineData("{|PG0414:Tier.Fast|}, Requires = ModelFeatures.Vision")]
    [InlineData("Tier.Fast, EscalateTo = {|PG0414:Tier.General|}, Requires = ModelFeatures.JsonMode")]
    [InlineData("{|PG0414:Models.Sonnet|}, Requires = ModelFeatures.Audio")]
    [InlineData("Models.Small, Fallbacks = [{|PG0414:Models.Sonnet|}], Requires = ModelFeatures.JsonMode")]
    public Task Fires(string route) => Rule.VerifyAsync(Catalog + $$$"""
        public sealed partial class Desk
        {
            [RoutedPrompt({{{route}}})]
            [PromptTemplate("{{ticket}}")]
            public partial Task<Triage> AskAsync(string ticket);
        }
        """);

    [Fact]
    public async Task Fires_for_an_image()
    {
        var diagnostics = await Rule.VerifyAsync("""
            public sealed partial class Desk
            {
                [RoutedPrompt({|PG0414:Models.Sonnet|})]
                [PromptTemplate("{{media url=photo}} {{ticket}}")]
                public partial Task<Triage> AskAsync(Uri photo, string ticket);
            }
            """);

        Assert.StartsWith("The prompt needs Vision, which model 'claude-3-5-sonnet-20241022' lacks: ", diagnostics.Message("PG0414"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Tier.Fast, Requires = ModelFeatures.JsonMode")]
    [InlineData("Models.Small, Models.Sonnet, Requires = ModelFeatures.StructuredOutput")]
    public Task Stays_silent(string route) => Rule.VerifyAsync(Catalog + $$$"""
        public sealed partial class Desk
        {
            [RoutedPrompt({{{route}}})]
            [PromptTemplate("{{ticket}}")]
            public partial Task<Triage> AskAsync(string ticket);
        }
        """);

    private const string Catalog = """
        [ModelCatalog]
        public static class Models
        {
            [Model("openai", Tier.Fast, Features = ModelFeatures.StructuredOutput | ModelFeatures.JsonMode)]
            public const string Small = "gpt-4o-mini-2024-07-18";

            [Model("anthropic", Tier.Fast)]
            public const string Haiku = "claude-3-5-haiku-20241022";

            [Model("anthropic", Tier.General)]
            public const string Sonnet = "claude-3-5-sonnet-20241022";
        }

        """;
}
