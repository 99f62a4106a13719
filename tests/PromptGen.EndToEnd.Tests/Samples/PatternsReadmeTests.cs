using System.Text.RegularExpressions;
using PromptGen.Tests;

namespace PromptGen.EndToEnd.Tests.Samples;

/// <summary>The README of the patterns shows their code and what they print.</summary>
public sealed partial class PatternsReadmeTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "samples", "Patterns");

    [Fact]
    public async Task What_it_shows_of_the_output_is_what_the_program_prints()
    {
        var (_, text) = await PatternsRunTests.RunAsync(120);
        var printed = Lines(text);

        var shown = Blocks("text");
        Assert.Equal(17, shown.Length);
        Assert.All(shown, block => AssertContainsInOrder(printed, block, "the output"));
    }

    [Fact]
    public void The_code_that_it_shows_is_the_code_of_the_program()
    {
        var files = Directory.GetFiles(Folder, "*.cs").Concat(Directory.GetFiles(Path.Combine(Folder, "Pipelines"), "*.cs")).Select(static path => Lines(File.ReadAllText(path))).ToList();

        var shown = Blocks("csharp");
        Assert.Equal(20, shown.Length);
        Assert.All(shown, block =>
        {
            var type = block.First(static line => line.StartsWith("public ", StringComparison.Ordinal));
            AssertContainsInOrder(Assert.Single(files, file => file.Contains(type)), block, type);
        });
    }

    private static void AssertContainsInOrder(IReadOnlyList<string> all, IEnumerable<string> lines, string where)
    {
        var next = 0;
        foreach (var line in lines.Where(static line => line != "…"))
        {
            while (next < all.Count && all[next] != line)
            {
                next++;
            }

            Assert.True(next < all.Count, $"Not in {where}, or in another order: {line}");
            next++;
        }
    }

    private static string[][] Blocks(string info) =>
        [.. Fence().Matches(File.ReadAllText(Path.Combine(Folder, "README.md")).ReplaceLineEndings("\n")).Where(match => match.Groups["info"].Value == info).Select(match => Lines(match.Groups["text"].Value))];

    /// <summary>The lines that are not empty; how long something took is no two times the same.</summary>
    private static string[] Lines(string text) =>
        [.. Time().Replace(text.ReplaceLineEndings("\n"), "#").Split('\n').Select(static line => line.TrimEnd()).Where(static line => line.Length > 0)];

    [GeneratedRegex(@"\b\d[\d.]* [mµ]s\b")]
    private static partial Regex Time();

    [GeneratedRegex(@"^```(?<info>[^\n]*)\n(?<text>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();
}
