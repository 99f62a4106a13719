using Microsoft.CodeAnalysis;
using PromptGen.Generators.Tests.Harness;

namespace PromptGen.Generators.Tests.Pipeline;

/// <summary>A catalog that several programs share lives in an assembly of its own.</summary>
public sealed class SharedCatalogTests
{
    [Fact]
    public void A_prompt_uses_the_catalog_of_a_referenced_assembly()
    {
        var project = Project("[assembly: UseCatalog(typeof(Acme.Models))]");

        Assert.Empty(project.Output.Complaints());
        Assert.Contains("gpt-4o-mini-2024-07-18 (openai), claude-3-5-haiku-20241022 (anthropic)", project.Files["Acme.Desk.AskAsync.g.cs"], StringComparison.Ordinal);
        Assert.Contains("Acme.Models.Catalog.g.cs", project.Files.Keys);
    }

    [Fact]
    public void A_catalog_that_is_only_referenced_is_not_used() =>
        Assert.Contains("NotSupportedException", Project("").Files["Acme.Desk.AskAsync.g.cs"], StringComparison.Ordinal);

    [Fact]
    public void A_change_of_the_shared_catalog_reaches_the_prompt()
    {
        var project = Project("[assembly: UseCatalog(typeof(Acme.Models))]");

        project.Replace(Library(Sources.Models.Replace("gpt-4o-mini-2024-07-18", "gpt-5-mini-2025-08-07", StringComparison.Ordinal)));

        Assert.Contains("gpt-5-mini-2025-08-07 (openai)", project.Files["Acme.Desk.AskAsync.g.cs"], StringComparison.Ordinal);
    }

    private static Generation Project(string use) => new(
        [
            use,
            """
            namespace Acme;

            public sealed partial class Desk
            {
                [RoutedPrompt(Tier.Fast)]
                [PromptTemplate("{{question}}")]
                public partial Task<int> AskAsync(string question);
            }
            """,
        ],
        Library(Sources.Models));

    private static PortableExecutableReference Library(string source) => Compile.Sources(source).WithAssemblyName("Acme.Shared").ToLibrary();
}
