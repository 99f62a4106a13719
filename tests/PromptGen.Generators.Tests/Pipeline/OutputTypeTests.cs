using PromptGen.Generators.Tests.Contracts;
using PromptGen.Generators.Tests.Documents;
using PromptGen.Generators.Tests.Harness;

namespace PromptGen.Generators.Tests.Pipeline;

/// <summary>Every output type of the table, as what a prompt returns.</summary>
public sealed class OutputTypeTests
{
    private const string Models = """
        namespace Acme;
        [ModelCatalog]
        public static class Models
        {
            [Model("openai", Tier.Fast)] public const string Mini = "gpt-4o-mini-2024-07-18";
            [Model("azure", Tier.Fast)] public const string Azure = "gpt-4o-2024-08-06";
            [Model("anthropic", Tier.Fast)] public const string Haiku = "claude-3-5-haiku-20241022";
            [Model("google", Tier.Fast)] public const string Flash = "gemini-2.0-flash-001";
            [Model("ollama", Tier.Fast)] public const string Llama = "llama3.1:70b";
        }
        """;

    /// <summary>A provider that can't be sent the schema is a diagnostic; the program still compiles.</summary>
    [Fact]
    public void Compiles_for_every_provider()
    {
        var readme = Document.All.Single(static document => document.Name == "src/PromptGen/README.md");
        var types = MatrixRow.Of(readme).Select(static row => row.Type).Distinct();

        var project = Generation.Large(Models, MatrixRow.Usings, "namespace Acme;\n" + Assert.Single(readme.Blocks("csharp matrix")), Desk(types));

        Assert.Null(project.Result.Exception);
        Assert.Empty(project.Output.Complaints());
    }

    [Fact]
    public void A_bound_on_a_number_of_any_type_compiles()
    {
        string[] types = ["Half", "Half?", "Int128", "UInt128?", "BigInteger", "decimal", "byte?", "float"];
        var project = new Generation(
        [
            Models,
            MatrixRow.Usings,
            "namespace Acme;\npublic sealed record Holder<T>(T Held);",
            Desk(types.Select(static type => $"Holder<{type}>"), "[AcceptWhen(\"Held\", AtLeast = 0.5, AtMost = 3)]"),
        ]);

        Assert.Empty(project.Output.Complaints());
        Assert.All(types, (_, index) => Assert.Contains("value.Held >= 0.5", project.Files[$"Acme.Desk.Ask{index}Async.g.cs"], StringComparison.Ordinal));
    }

    private static string Desk(IEnumerable<string> types, string attribute = "") => $$"""
        namespace Acme;
        public sealed partial class Desk
        {
            {{string.Join('\n', types.Select((type, index) => $"{attribute} [RoutedPrompt(Tier.Fast), PromptTemplate(\"{{{{ticket}}}}\")] public partial Task<{type}> Ask{index}Async(string ticket);"))}}
        }
        """;
}
