namespace PromptGen.Generators.Tests.Rules;

/// <summary>A page of <c>Rules/</c>, read from the output folder of the tests.</summary>
internal sealed record RulePage(string Id, string Text)
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "RulePages");

    public static IReadOnlyList<RulePage> All { get; } =
    [
        .. Directory.GetFiles(Folder, "PG*.md")
            .Order(StringComparer.Ordinal)
            .Select(static path => new RulePage(Path.GetFileNameWithoutExtension(path), File.ReadAllText(path).ReplaceLineEndings("\n"))),
    ];

    /// <summary>The rows of the release tables.</summary>
    public static IReadOnlyList<string[]> Releases { get; } =
    [
        .. new[] { "AnalyzerReleases.Shipped.md", "AnalyzerReleases.Unshipped.md" }
            .SelectMany(static name => File.ReadAllLines(Path.Combine(Folder, name)))
            .Where(static line => line.StartsWith("PG", StringComparison.Ordinal))
            .Select(static line => line.Split('|', StringSplitOptions.TrimEntries)),
    ];

    /// <summary>The code block of that label: <c>wrong</c> or <c>right</c>.</summary>
    public string Sample(string label)
    {
        var start = Text.IndexOf($"```csharp {label}\n", StringComparison.Ordinal);
        Assert.True(start >= 0, $"{Id} has no sample '{label}'");
        start = Text.IndexOf('\n', start) + 1;
        return Text[start..Text.IndexOf("\n```", start, StringComparison.Ordinal)];
    }
}
