using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using PromptGen.Generators.Tests.Harness;

namespace PromptGen.Generators.Tests.Rules;

/// <summary>
/// Most of the time that somebody writes source it is not whole. Whatever is left of the sample's, generator and analyzers go through with it.
/// </summary>
public sealed class RobustnessTests
{
    private const int Deletions = 1_000;

    /// <summary>The most characters of a long token, such as a template, between two places where it is cut.</summary>
    private const int Stride = 10;

    private static readonly string[] Sources = [.. Files("*.cs")];
    private static readonly PromptFile[] Prompts = [.. Directory.GetFiles(Folder, "*.prompt").Select(static path => new PromptFile("Prompts/" + Path.GetFileName(path), File.ReadAllText(path)))];

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Sample");

    [Fact]
    public async Task The_sample_itself_has_nothing_to_complain_about()
    {
        var output = Analysis.Generate(Compile.Sources(Sources), Prompts, out var failures);

        Assert.Empty(failures);
        Assert.DoesNotContain(await Analysis.JudgeAsync(output, Prompts), static diagnostic => diagnostic.Severity > DiagnosticSeverity.Info);
        Assert.True(output.SyntaxTrees.Count() > Sources.Length + 1, "the sample has prompts");
    }

    [Fact]
    public Task A_file_that_ends_before_or_in_any_token_is_taken() => TakeAsync(
        from file in Enumerable.Range(0, Sources.Length)
        from length in Cuts(Sources[file])
        select (file, Sources[file][..length]));

    [Fact]
    public Task Deletions_of_tokens_are_taken()
    {
        var random = new Random(20260115);
        var tokens = Sources.Select(static source => CSharpSyntaxTree.ParseText(source).GetRoot().DescendantTokens().Select(static token => token.FullSpan).ToArray()).ToArray();
        return TakeAsync(Enumerable.Range(0, Deletions)
            .Select(_ =>
            {
                var file = random.Next(Sources.Length);
                return (file, Without(Sources[file], Enumerable.Range(0, random.Next(1, 6)).Select(_ => tokens[file][random.Next(tokens[file].Length)])));
            })
            .ToArray());
    }

    private static IEnumerable<string> Files(string pattern) => Directory.GetFiles(Folder, pattern).Order(StringComparer.Ordinal).Select(File.ReadAllText);

    /// <summary>Before the white space and comments of each token, before the token, and in it.</summary>
    private static IEnumerable<int> Cuts(string source) => CSharpSyntaxTree.ParseText(source).GetRoot().DescendantTokens()
        .SelectMany(static token => Enumerable.Range(0, 1 + (token.Span.Length / Stride))
            .Select(part => token.SpanStart + (part * Stride))
            .Append(token.SpanStart + (token.Span.Length / 2))
            .Append(token.FullSpan.Start))
        .Distinct()
        .Order();

    // From the end, so that the spans before stay true.
    private static string Without(string source, IEnumerable<TextSpan> spans)
    {
        var text = new StringBuilder(source);
        foreach (var span in spans.Distinct().OrderByDescending(static span => span.Start))
        {
            text.Remove(span.Start, span.Length);
        }

        return text.ToString();
    }

    /// <summary>Puts each text in the place of one of the sample's files.</summary>
    private static async Task TakeAsync(IEnumerable<(int File, string Text)> edits)
    {
        var whole = Compile.Sources(Sources);
        var driver = CSharpGeneratorDriver.Create([new PromptGenerator().AsSourceGenerator()], Prompts, (CSharpParseOptions)whole.SyntaxTrees[0].Options)
            .RunGenerators(whole);
        await Parallel.ForEachAsync(edits, async (edit, cancellationToken) =>
        {
            // The first tree holds the harness's usings.
            var tree = whole.SyntaxTrees[edit.File + 1];
            var broken = whole.ReplaceSyntaxTree(tree, tree.WithChangedText(SourceText.From(edit.Text, Encoding.UTF8)));
            driver.RunGeneratorsAndUpdateCompilation(broken, out var output, out var failures, cancellationToken);
            Assert.True(failures.IsEmpty, $"{string.Join("\n", failures)}\n{edit.Text}");
            var crash = (await Analysis.JudgeAsync(output, Prompts)).FirstOrDefault(static diagnostic => diagnostic.Id == "AD0001");
            Assert.True(crash is null, $"{crash}\n{edit.Text}");
        });
    }
}
