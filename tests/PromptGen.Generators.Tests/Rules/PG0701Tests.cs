using PromptGen.Generators.Tests.Harness;

namespace PromptGen.Generators.Tests.Rules;

/// <summary>A model past its retirement answers no more.</summary>
public sealed class PG0701Tests
{
    [Theory]
    [InlineData("2026-01-15")]
    [InlineData("2025-12-01")]
    public async Task Fires_on_the_field_of_the_catalog(string retires)
    {
        var diagnostics = await Rule.VerifyAsync($$"""
            [ModelCatalog]
            public static class Own
            {
                [Model("openai", Tier.Fast, Retires = "{{retires}}", ReplacedBy = "gpt-4o-mini-2024-07-18")]
                public const string {|PG0701:Old|} = "gpt-3.5-turbo-1106";
            }
            """);

        Assert.Equal($"Model 'gpt-3.5-turbo-1106' was retired on {retires}: replace it by 'gpt-4o-mini-2024-07-18'", diagnostics.Message("PG0701"));
    }

    [Theory]
    [InlineData("Retires = \"2026-01-16\"")]
    [InlineData("Retires = null")]
    public Task Stays_silent(string lifecycle) => Rule.VerifyAsync($$"""
        [ModelCatalog]
        public static class Own
        {
            [Model("openai", Tier.Fast, {{lifecycle}})]
            public const string Old = "gpt-3.5-turbo-1106";
        }
        """);

    [Fact]
    public async Task Fires_on_the_prompt_where_the_catalog_is_elsewhere()
    {
        var catalog = Compile.Sources("""
            namespace Shared;

            [ModelCatalog]
            public static class SharedModels
            {
                [Model("openai", Tier.Fast, Retires = "2025-12-01")]
                public const string Old = "gpt-3.5-turbo-1106";

                [Model("openai", Tier.Deep, Retires = "2025-12-01")]
                public const string Unused = "gpt-4-0613";
            }
            """);
        var source = Markup.Parse("""
            [assembly: UseCatalog(typeof(Shared.SharedModels))]

            public sealed partial class Desk
            {
                [{|PG0701:RoutedPrompt(Tier.Fast)|}]
                [PromptTemplate("{{ticket}}")]
                public partial Task<bool> AskAsync(string ticket);
            }
            """);
        var compilation = Compile.Sources(source.Text).AddReferences(catalog.ToMetadataReference());
        var diagnostics = await Analysis.JudgeAsync(Analysis.Generate(compilation, [], out _), []);

        var diagnostic = Assert.Single(diagnostics, static diagnostic => diagnostic.Id == "PG0701");
        Assert.Equal(Assert.Single(source.Marks).Span, diagnostic.Location.SourceSpan);
        Assert.Equal("Model 'gpt-3.5-turbo-1106' was retired on 2025-12-01: replace it by its successor", diagnostics.Message("PG0701"));
    }
}
