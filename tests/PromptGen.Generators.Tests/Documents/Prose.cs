using System.Text;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PromptGen.Generators.Tests.Documents;

/// <summary>
/// The text of one file that a user reads: of a document all of it; of C# the string literals and the documentation of public members, in samples every comment.
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

    /// <summary>The documents, and the sources that are published or shown as samples.</summary>
    public static IEnumerable<Prose> OfRepository() =>
        Files("*.md", ".").Concat(Files("*.cs", "src", "samples")).Select(static name => Of(name, File.ReadAllText(Path.Combine(Repository.Root, name))));

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
            prose.AddSource(CSharpSyntaxTree.ParseText(content).GetRoot(), everyComment: name.StartsWith("samples/", StringComparison.Ordinal));
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

    private void AddSource(SyntaxNode root, bool everyComment)
    {
        foreach (var trivia in root.DescendantTrivia())
        {
            if (trivia.IsKind(SyntaxKind.SingleLineDocumentationCommentTrivia) ? everyComment || IsVisible(trivia) : everyComment && trivia.IsKind(SyntaxKind.SingleLineCommentTrivia))
            {
                Add(trivia.ToFullString(), LineOf(trivia.GetLocation()));
            }
        }

        foreach (var token in root.DescendantTokens())
        {
            if (token.Kind() is SyntaxKind.StringLiteralToken or SyntaxKind.SingleLineRawStringLiteralToken or SyntaxKind.MultiLineRawStringLiteralToken or SyntaxKind.InterpolatedStringTextToken)
            {
                Add(token.Text, LineOf(token.GetLocation()));
            }
        }
    }

    private static int LineOf(Location location) => location.GetLineSpan().StartLinePosition.Line + 1;

    private static bool IsVisible(SyntaxTrivia documentation) =>
        documentation.Token.Parent!.AncestorsAndSelf().OfType<MemberDeclarationSyntax>().All(static member =>
            member is BaseNamespaceDeclarationSyntax or EnumMemberDeclarationSyntax
            || member.Parent is InterfaceDeclarationSyntax
            || member.Modifiers.Any(static modifier => modifier.Kind() is SyntaxKind.PublicKeyword or SyntaxKind.ProtectedKeyword));

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
