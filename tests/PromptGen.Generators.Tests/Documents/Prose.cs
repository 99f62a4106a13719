using System.Text;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PromptGen.Generators.Tests.Documents;

/// <summary>
/// The text of one file that people read: of a document all of it; of C# the comments, the names that are sentences, as those of tests are, and, except in tests, whose
/// literals are data, the string literals.
/// </summary>
internal sealed partial class Prose(string name)
{
    // Separates texts, so that no phrase begins in one and ends in another.
    private const char Separator = '\u0001';

    private readonly StringBuilder _text = new();
    private readonly List<(int Offset, int Line)> _lines = [];

    /// <summary>The path of the file, from the repository's root.</summary>
    public string Name => name;

    /// <summary>All of it, with one space for each line break.</summary>
    public string Text => _text.ToString();

    /// <summary>The documents and the sources.</summary>
    public static IEnumerable<Prose> OfRepository() =>
        Files("*.md", ".").Concat(Files("*.cs", "src", "tests", "samples")).Select(static name => Of(name, File.ReadAllText(Path.Combine(Repository.Root, name))));

    /// <summary>Reads one file.</summary>
    public static Prose Of(string name, string content)
    {
        var prose = new Prose(name);
        if (name.EndsWith(".md", StringComparison.Ordinal))
        {
            prose.Add(content, 1);
        }
        else
        {
            prose.AddSource(CSharpSyntaxTree.ParseText(content).GetRoot(), withLiterals: !name.StartsWith("tests/", StringComparison.Ordinal));
        }

        return prose;
    }

    /// <summary>The line of the file that has the character at an offset of <see cref="Text"/>.</summary>
    public int LineOf(int offset) => _lines[_lines.FindLastIndex(line => line.Offset <= offset)].Line;

    private static IEnumerable<string> Files(string pattern, params string[] folders) =>
        from folder in folders
        from path in Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), pattern, SearchOption.AllDirectories)
        let name = Path.GetRelativePath(Repository.Root, path).Replace('\\', '/')
        where !name.Split('/').Any(static part => part is "bin" or "obj" or ".git" or ".ci" or "StrykerOutput")
        orderby name
        select name;

    private void AddSource(SyntaxNode root, bool withLiterals)
    {
        foreach (var trivia in root.DescendantTrivia())
        {
            if (trivia.Kind() is SyntaxKind.SingleLineDocumentationCommentTrivia or SyntaxKind.SingleLineCommentTrivia)
            {
                Add(trivia.ToFullString(), LineOf(trivia.GetLocation()));
            }
        }

        foreach (var token in root.DescendantTokens())
        {
            if (token.Parent is MethodDeclarationSyntax && token.IsKind(SyntaxKind.IdentifierToken) && token.Text.Contains('_', StringComparison.Ordinal))
            {
                Add(token.Text.Replace('_', ' '), LineOf(token.GetLocation()));
            }
            else if (withLiterals && token.Kind() is SyntaxKind.StringLiteralToken or SyntaxKind.SingleLineRawStringLiteralToken or SyntaxKind.MultiLineRawStringLiteralToken or SyntaxKind.InterpolatedStringTextToken)
            {
                Add(token.Text, LineOf(token.GetLocation()));
            }
        }
    }

    private static int LineOf(Location location) => location.GetLineSpan().StartLinePosition.Line + 1;

    private void Add(string text, int line)
    {
        foreach (var part in text.Split('\n'))
        {
            _lines.Add((_text.Length, line++));
            _text.Append(Margin().Replace(part, "").Trim()).Append(' ');
        }

        _text.Append(Separator);
    }

    // What is not text at the beginning of a line: the slashes of a comment.
    [GeneratedRegex(@"^\s*///?\s?")]
    private static partial Regex Margin();
}
