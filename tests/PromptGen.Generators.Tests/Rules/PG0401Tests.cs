using PromptGen.Generators.Tests.Harness;

namespace PromptGen.Generators.Tests.Rules;

/// <summary>A model that no catalog has cannot be asked.</summary>
public sealed class PG0401Tests
{
    [Theory]
    [InlineData("{|PG0401:\"gpt-4o-mini\"|}")]
    [InlineData("Models.Mini, {|PG0401:\"sonnet\"|}")]
    [InlineData("new[] { Models.Mini, {|PG0401:\"sonnet\"|} }")]
    [InlineData("[Models.Mini, {|PG0401:\"sonnet\"|}]")]
    [InlineData("Models.Mini, Models.Sonnet, Fallbacks = [Models.Llama, {|PG0401:\"llama\"|}]")]
    [InlineData("Tier.Fast, Fallbacks = new[] { {|PG0401:\"llama\"|} }")]
    public Task Fires(string route) => Rule.VerifyAsync($$$"""
        public sealed partial class Desk
        {
            [RoutedPrompt({{{route}}})]
            [PromptTemplate("{{ticket}}")]
            public partial Task<Triage> AskAsync(string ticket);
        }
        """);

    [Fact]
    public async Task Says_what_was_probably_meant()
    {
        var diagnostics = await Rule.VerifyAsync("""
            public sealed partial class Desk
            {
                [RoutedPrompt({|PG0401:"gpt-4o-mini-2024-07-08"|})]
                [PromptTemplate("{{ticket}}")]
                public partial Task<Triage> AskAsync(string ticket);
            }
            """);

        Assert.Equal("No catalog has a model 'gpt-4o-mini-2024-07-08'; did you mean 'gpt-4o-mini-2024-07-18'?", diagnostics.Message("PG0401"));
    }

    [Theory]
    [InlineData("\"gpt-9\"", "", "No catalog has a model 'gpt-9': add it to a class marked [ModelCatalog], or correct the id")]
    [InlineData("More.Big", "public static class More { public const string Big = \"gpt-9\"; }", "No catalog has a model 'gpt-9': 'More.Big' has no [Model], so add one")]
    [InlineData("More.Big", "[ModelCatalog] public static class More { public const string Big = \"gpt-9\"; }", "No catalog has a model 'gpt-9': 'More.Big' has no [Model], so add one")]
    [InlineData("More.Big", "public static class More { [Model(\"openai\", Tier.Deep)] public const string {|PG0801:Big|} = \"gpt-9\"; }", "No catalog has a model 'gpt-9': mark 'More' [ModelCatalog]")]
    public async Task Says_what_to_do(string model, string catalog, string message)
    {
        var diagnostics = await Rule.VerifyAsync($$$"""
            [ModelCatalog]
            public static class Models
            {
                [Model("openai", Tier.Fast)]
                public const string Mini = "gpt-4o-mini-2024-07-18";
            }

            {{{catalog}}}

            public sealed partial class Desk
            {
                [RoutedPrompt(Models.Mini, {|PG0401:{{{model}}}|})]
                [PromptTemplate("{{ticket}}")]
                public partial Task<Triage> AskAsync(string ticket);
            }
            """);

        Assert.Equal(message, diagnostics.Message("PG0401"));
    }

    [Fact]
    public async Task Says_which_catalog_of_a_library_to_import()
    {
        var library = Compile.Sources("namespace Shared; [ModelCatalog] public static class Catalog { [Model(\"openai\", Tier.Deep)] public const string Big = \"gpt-9\"; }").ToLibrary();
        var program = Compile.Sources("namespace Acme; public sealed partial class Desk { [RoutedPrompt(Shared.Catalog.Big)] [PromptTemplate(\"{{ticket}}\")] public partial Task<string> AskAsync(string ticket); }").AddReferences(library);

        var diagnostics = await Analysis.JudgeAsync(Analysis.Generate(program, [], out _), []);

        Assert.Equal("No catalog has a model 'gpt-9': add [assembly: UseCatalog(typeof(Shared.Catalog))]", diagnostics.Message("PG0401"));
    }

    [Fact]
    public Task Stays_silent() => Rule.VerifyAsync("""
        public sealed partial class Desk
        {
            [RoutedPrompt(Models.Mini, "claude-3-5-sonnet-20241022", Fallbacks = [Models.Llama])]
            [PromptTemplate("{{ticket}}")]
            public partial Task<Triage> AskAsync(string ticket);
        }
        """);
}
