namespace PromptGen.Generators.Tests.Rules;

/// <summary>To ask the same model again changes nothing.</summary>
public sealed class PG0405Tests
{
    [Theory]
    [InlineData("Models.Mini, Models.Sonnet, {|PG0405:Models.Mini|}")]
    [InlineData("Models.Mini, Models.Sonnet, Fallbacks = [{|PG0405:Models.Mini|}]")]
    [InlineData("Tier.Fast, Fallbacks = [Models.Llama, {|PG0405:Models.Haiku|}]")]
    [InlineData("Tier.Fast, Fallbacks = [Models.Llama, {|PG0405:Models.Llama|}]")]
    public Task Fires(string route) => Rule.VerifyAsync($$$"""
        public sealed partial class Desk
        {
            [RoutedPrompt({{{route}}})]
            [PromptTemplate("{{ticket}}")]
            public partial Task<Triage> AskAsync(string ticket);
        }
        """);

    [Fact]
    public Task Fires_where_a_catalog_holds_a_model_twice() => Rule.VerifyAsync("""
        [ModelCatalog]
        public static class Own
        {
            [Model("openai", Tier.Fast)]
            public const string Small = "gpt-4o-mini-2024-07-18";

            [Model("openai", Tier.Fast)]
            public const string AlsoSmall = "gpt-4o-mini-2024-07-18";
        }

        public sealed partial class Desk
        {
            [{|PG0405:RoutedPrompt(Tier.Fast)|}]
            [PromptTemplate("{{ticket}}")]
            public partial Task<Triage> AskAsync(string ticket);
        }
        """);

    [Theory]
    [InlineData("Models.Mini, Models.Sonnet, Fallbacks = [Models.Llama]")]
    [InlineData("Tier.General, Fallbacks = [Models.Haiku]")]
    [InlineData("{|PG0401:\"one\"|}, {|PG0401:\"one\"|}")]
    public Task Stays_silent(string route) => Rule.VerifyAsync($$$"""
        public sealed partial class Desk
        {
            [RoutedPrompt({{{route}}})]
            [PromptTemplate("{{ticket}}")]
            public partial Task<Triage> AskAsync(string ticket);
        }
        """);
}
