using System.Text;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PromptGen.Generators.Tests.Harness;

namespace PromptGen.Generators.Tests.Documents;

/// <summary>
/// Code in a document is code: blocks marked <c>csharp</c> compile under the generator without a complaint. Those that declare types go together;
/// each one with statements is a program of its own beside them. A block marked <c>csharp generated</c> must be what the generator writes.
/// </summary>
public sealed class DocumentTests
{
    // What the SDK's implicit usings are.
    private const string Usings =
        "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; " +
        "global using System.Net.Http; global using System.Threading; global using System.Threading.Tasks;";

    private static readonly (string Path, string Text) ClaudePrompt = ("Prompts/triage.claude.prompt", "{{role \"system\"}}\nTriage for {{product}}.\n{{role \"user\"}}\n{{ticket}}\n");

    public static TheoryData<string> Documents { get; } = new(Document.All.Select(static document => document.Name));

    [Theory]
    [MemberData(nameof(Documents))]
    public void Every_code_sample_compiles(string name)
    {
        var document = Find(name);
        var blocks = document.Blocks("csharp").Where(static block => !IsFile(block)).ToArray();
        var types = blocks.Where(static block => !IsProgram(block)).ToArray();

        AssertCompiles(document, OutputKind.DynamicallyLinkedLibrary, types);
        foreach (var program in blocks.Where(IsProgram))
        {
            AssertCompiles(document, OutputKind.ConsoleApplication, [.. types, program]);
        }
    }

    [Fact]
    public void The_whole_program_of_the_readme_compiles_and_is_short()
    {
        var readme = Find("README.md");
        var program = Assert.Single(readme.Blocks("csharp"), IsFile);

        Assert.InRange(program.TrimEnd('\n').Split('\n').Length, 1, 25);
        AssertCompiles(readme, OutputKind.ConsoleApplication, [string.Concat(program.Split('\n').Select(static line => IsDirective(line) ? "\n" : line + "\n"))]);
    }

    /// <summary>The models that documents and samples use can still be called next year. Recorded data keeps its names.</summary>
    [SharedDataFact("models/lifecycle.csv")]
    public void No_document_or_sample_names_a_model_at_the_end_of_its_life()
    {
        var texts = Prose.OfRepository().Where(static text => text.Name.StartsWith("samples/", StringComparison.Ordinal) || Document.All.Any(document => document.Name == text.Name)).ToArray();
        var found =
            from line in File.ReadLines(SharedData.Find("models/lifecycle.csv")).Skip(1)
            let id = line.Split(',')[1]
            from text in texts
            where Regex.IsMatch(text.Text, $@"(?<![\w.-]){Regex.Escape(id)}(?![\w.-])", RegexOptions.CultureInvariant)
            select $"{text.Name} names {id}";

        Assert.Empty(found);
    }

    [Fact]
    public void The_readme_has_at_most_2000_words() =>
        Assert.InRange(Find("README.md").Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length, 1, 2_000);

    [Fact]
    public void The_generated_code_shown_is_what_is_generated()
    {
        var readme = Find("README.md");
        var shown = Assert.Single(readme.Blocks("csharp generated"));
        var generated = Generate(readme, Create(OutputKind.DynamicallyLinkedLibrary, [.. readme.Blocks("csharp").Where(static block => !IsFile(block) && !IsProgram(block))]), out _)
            .Single(static file => file.HintName.EndsWith("SupportDesk.TriageAsync.g.cs", StringComparison.Ordinal))
            .SourceText.ToString().Replace("global::", "", StringComparison.Ordinal);

        // Shortened: namespaces are left out, and an ellipsis stands for lines.
        var lines = generated.Split('\n').Select(Shorten).ToHashSet(StringComparer.Ordinal);
        Assert.All(
            shown.Split('\n').Select(Shorten).Where(static line => line is not ("" or "…")),
            line => Assert.True(lines.Contains(line), $"Not generated: {line}\nGenerated:\n{generated}"));
    }

    private static string Shorten(string line)
    {
        string[] namespaces =
        [
            "System.Threading.Tasks.", "System.Threading.", "System.CodeDom.Compiler.", "PromptGen.Routing.", "PromptGen.Execution.", "PromptGen.Prompts.", "PromptGen.Catalog.",
            "PromptGen.Generated.Acme.", "PromptGen.Contracts.", "PromptGen.", "System.", "Acme.",
        ];
        return namespaces.Aggregate(line.Trim(), static (text, space) => text.Replace(space, "", StringComparison.Ordinal));
    }

    private static Document Find(string name) => Document.All.Single(document => document.Name == name);

    /// <summary>Whether a block is a whole program in one file, which <c>dotnet run app.cs</c> runs.</summary>
    private static bool IsFile(string block) => block.Split('\n').Any(IsDirective);

    private static bool IsDirective(string line) => line.StartsWith("#:", StringComparison.Ordinal);

    private static bool IsProgram(string block) =>
        CSharpSyntaxTree.ParseText(block).GetCompilationUnitRoot().Members.Any(static member => member is GlobalStatementSyntax);

    private static void AssertCompiles(Document document, OutputKind kind, string[] sources)
    {
        Generate(document, Create(kind, sources), out var output);
        Assert.Empty(output.Complaints());
    }

    private static CSharpCompilation Create(OutputKind kind, string[] sources)
    {
        var options = CSharpParseOptions.Default;
        return Compile.Sources()
            .RemoveAllSyntaxTrees()
            .AddSyntaxTrees(sources.Prepend(Usings).Select((source, index) => CSharpSyntaxTree.ParseText(source, options, $"Block{index}.cs", Encoding.UTF8)))
            .WithOptions(new CSharpCompilationOptions(kind, nullableContextOptions: NullableContextOptions.Enable)
                // As the SDK does: packages are built against older versions of each other.
                .WithSpecificDiagnosticOptions([new("CS1701", ReportDiagnostic.Suppress), new("CS1702", ReportDiagnostic.Suppress)]));
    }

    private static IEnumerable<GeneratedSourceResult> Generate(Document document, CSharpCompilation compilation, out Compilation output) =>
        CSharpGeneratorDriver
            .Create([new PromptGenerator().AsSourceGenerator()], [.. document.Prompts.DefaultIfEmpty(ClaudePrompt).Select(static file => new PromptFile(file.Path, file.Text))], CSharpParseOptions.Default)
            .RunGeneratorsAndUpdateCompilation(compilation, out output, out _)
            .GetRunResult().Results.Single().GeneratedSources;
}
