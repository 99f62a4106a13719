using System.Text.RegularExpressions;

namespace PromptGen.Generators.Tests.Documents;

/// <summary>A Markdown file of the repository and the code in it.</summary>
internal sealed partial record Document(string Name, string Text)
{
    /// <summary>The README of the repository and those of its projects.</summary>
    public static IReadOnlyList<Document> All { get; } =
    [
        .. new[] { "README.md" }
            .Concat(Directory.GetFiles(System.IO.Path.Combine(Repository.Root, "src"), "README.md", SearchOption.AllDirectories))
            .Concat(Directory.GetFiles(System.IO.Path.Combine(Repository.Root, "samples"), "README.md", SearchOption.AllDirectories))
            .Select(path => System.IO.Path.GetRelativePath(Repository.Root, System.IO.Path.GetFullPath(path, Repository.Root)).Replace('\\', '/'))
            .Where(static path => !path.Contains("/bin/", StringComparison.Ordinal) && !path.Contains("/obj/", StringComparison.Ordinal))
            .Select(static path => new Document(path, File.ReadAllText(System.IO.Path.Combine(Repository.Root, path)).ReplaceLineEndings("\n"))),
    ];

    /// <summary>Where the file is.</summary>
    public string Path => System.IO.Path.Combine(Repository.Root, Name);

    /// <summary>The prompt and router files beside it, as its code names them.</summary>
    public IReadOnlyList<(string Path, string Text)> Prompts => [.. Beside("Prompts", "*.prompt"), .. Beside("Routers", "*.router")];

    private IEnumerable<(string Path, string Text)> Beside(string folder, string pattern) =>
        System.IO.Path.Combine(System.IO.Path.GetDirectoryName(Path)!, folder) is var files && Directory.Exists(files)
            ? Directory.EnumerateFiles(files, pattern).Select(path => ($"{folder}/{System.IO.Path.GetFileName(path)}", File.ReadAllText(path)))
            : [];

    /// <summary>The texts of the blocks fenced with these words.</summary>
    public string[] Blocks(string info) =>
        [.. Fence().Matches(Text).Where(match => match.Groups["info"].Value.Trim() == info).Select(match => match.Groups["code"].Value)];

    public override string ToString() => Name;

    [GeneratedRegex(@"^```(?<info>[^\n]*)\n(?<code>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();
}
