using System.Globalization;
using Microsoft.CodeAnalysis;
using PromptGen.Generators.Emission;

namespace PromptGen.Generators.Tests.Pipeline;

/// <summary>
/// The compiler compares the name of each generated file with those of all others after every keystroke, so the number of files has a limit. Above it
/// an edit writes one shared file of each kind that it concerns.
/// </summary>
public sealed class SharedFilesTests
{
    private const int Prompts = SharedFiles.Limit + 1;

    [Fact]
    public void Up_to_the_limit_every_prompt_has_a_file_and_above_it_they_share_as_many()
    {
        var project = ProjectOf(SharedFiles.Limit);
        Assert.Equal(SharedFiles.Limit, Count(project, "Acme.Desk", ".AskAsync.g.cs"));

        project.Edit(1, "// more", Desk(SharedFiles.Limit));

        Assert.Equal(0, Count(project, "Acme.Desk", ".g.cs"));
        Assert.InRange(Count(project, "Prompt-", ".g.cs"), SharedFiles.Limit / 2, SharedFiles.Limit);
        Assert.InRange(Count(project, "Class-", ".g.cs"), SharedFiles.Limit / 2, SharedFiles.Limit);
        Assert.Equal(1, Count(project, "PromptClients", ".g.cs"));
        Assert.Empty(project.Output.GetDiagnostics().Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
    }

    [Fact]
    public void A_shared_file_holds_what_the_files_of_its_prompts_would()
    {
        var alone = ProjectOf(1).Files["Acme.Desk0.AskAsync.g.cs"];
        var shared = ProjectOf(Prompts).Files;

        Assert.Single(shared.Values, text => text.Contains(alone, StringComparison.Ordinal));
        Assert.Equal(Prompts, shared.Values.Sum(static text => text.Split("private static class AskAsyncRoute").Length - 1));
    }

    [Fact]
    public void An_edit_writes_no_shared_file_but_its_own()
    {
        var project = ProjectOf(Prompts);

        Assert.Equal([], Written(project, 0, "[ModelCatalog]", "[ModelCatalog] // one model"));
        Assert.Equal(["Prompt"], Written(project, 9, "Ask number 7.", "Tell number 7."));
        Assert.Equal(["Class", "Prompt", "PromptClients"], Written(project, 1, "// more", Desk(Prompts)));
    }

    private static Generation ProjectOf(int prompts) => Generation.Large(
    [
        """
        [ModelCatalog]
        public static class Models
        {
            [Model("openai", Tier.Fast, InputPrice = 0.15, OutputPrice = 0.60, ContextWindow = 128_000, MaxOutputTokens = 16_384)]
            public const string Mini = "gpt-4o-mini-2024-07-18";
        }
        """,
        "// more",
        .. Enumerable.Range(0, prompts).Select(Desk),
    ]);

    private static string Desk(int number) => string.Create(
        CultureInfo.InvariantCulture,
        $"namespace Acme; public partial class Desk{number} {{ [RoutedPrompt(Tier.Fast), PromptTemplate(\"Ask number {number}.\")] public partial Task<string> AskAsync(); }}");

    private static int Count(Generation project, string start, string end) =>
        project.Files.Keys.Count(name => name.StartsWith(start, StringComparison.Ordinal) && name.EndsWith(end, StringComparison.Ordinal));

    /// <summary>The kinds of the files that an edit writes.</summary>
    private static string[] Written(Generation project, int source, string old, string replacement)
    {
        var before = project.Result.GeneratedSources.Select(static file => file.SourceText).ToHashSet();
        return
        [
            .. project.Edit(source, old, replacement).Result.GeneratedSources
                .Where(file => !before.Contains(file.SourceText))
                .Select(static file => file.HintName.Split('-', '.')[0])
                .Order(StringComparer.Ordinal),
        ];
    }
}
