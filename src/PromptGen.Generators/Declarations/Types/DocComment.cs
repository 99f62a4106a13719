using System;
using System.Collections.Generic;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PromptGen.Generators.Declarations.Types;

/// <summary>
/// The documentation comment of a declaration as plain text. Read from the comment itself: without a documentation file the compiler takes it for a comment
/// like any other, but a description must not depend on that.
/// </summary>
internal readonly struct DocComment
{
    private readonly string? _xml;

    private DocComment(string? xml) => _xml = xml;

    /// <summary>What <c>summary</c> says; null = nothing.</summary>
    public string? Summary => Find("<summary>", "</summary>");

    /// <summary>The comment of a symbol; one of another assembly has none.</summary>
    public static DocComment Of(ISymbol? symbol)
    {
        if (symbol is not null)
        {
            foreach (var reference in symbol.DeclaringSyntaxReferences)
            {
                if (Xml(reference.GetSyntax()) is { } xml)
                {
                    return new DocComment(xml);
                }
            }
        }

        return default;
    }

    /// <summary>The description of a parameter; null = none.</summary>
    public string? Parameter(string name) => Find($"<param name=\"{name}\">", "</param>");

    private static string? Xml(SyntaxNode node)
    {
        node = node is VariableDeclaratorSyntax { Parent.Parent: BaseFieldDeclarationSyntax field } ? field : node;
        if (!node.HasLeadingTrivia || node is ParameterSyntax)
        {
            return null;
        }

        StringBuilder? xml = null;
        foreach (var trivia in node.GetLeadingTrivia())
        {
            if (trivia.Kind() is SyntaxKind.SingleLineDocumentationCommentTrivia or SyntaxKind.MultiLineDocumentationCommentTrivia
                or SyntaxKind.SingleLineCommentTrivia or SyntaxKind.MultiLineCommentTrivia)
            {
                Append(ref xml, trivia.ToFullString());
            }
        }

        return xml?.ToString();
    }

    private static void Append(ref StringBuilder? xml, string comment)
    {
        var isBlock = comment.StartsWith("/**", StringComparison.Ordinal);
        if (!isBlock && (!comment.StartsWith("///", StringComparison.Ordinal) || comment.StartsWith("////", StringComparison.Ordinal)))
        {
            return;
        }

        xml ??= new StringBuilder();
        foreach (var line in comment.Split('\n'))
        {
            var text = line.Trim();
            text = isBlock ? text.Trim('/', '*') : text.StartsWith("///", StringComparison.Ordinal) ? text.Substring(3) : text;
            xml.Append(text).Append(' ');
        }
    }

    private string? Find(string start, string end)
    {
        var from = _xml?.IndexOf(start, StringComparison.Ordinal) ?? -1;
        var to = from < 0 ? -1 : _xml!.IndexOf(end, from, StringComparison.Ordinal);
        return to < 0 ? null : Plain(_xml!.Substring(from + start.Length, to - from - start.Length));
    }

    /// <summary>Text without its markup, white space collapsed; null where nothing is left.</summary>
    private static string? Plain(string xml)
    {
        var text = new StringBuilder(xml.Length);
        for (var i = 0; i < xml.Length; i++)
        {
            var end = xml[i] == '<' ? xml.IndexOf('>', i) : -1;
            if (end > 0)
            {
                text.Append(Words(xml.Substring(i + 1, end - i - 1)));
                i = end;
            }
            else
            {
                text.Append(xml[i]);
            }
        }

        var plain = text.Replace("&lt;", "<").Replace("&gt;", ">").Replace("&quot;", "\"").Replace("&apos;", "'").Replace("&amp;", "&").ToString();
        var words = plain.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return words.Length == 0 ? null : string.Join(" ", (IEnumerable<string>)words);
    }

    /// <summary>What a tag says in words: the name that it refers to, or a gap where it begins something new.</summary>
    private static string Words(string tag)
    {
        var parts = tag.Trim('/', ' ').Split(' ', '\n');
        switch (parts[0])
        {
            case "para" or "br" or "list" or "listheader" or "item" or "term" or "description" or "code":
                return " ";
            case "see" or "seealso" or "paramref" or "typeparamref" when parts.Length > 1 && !parts[1].StartsWith("href", StringComparison.Ordinal):
                var name = parts[1].Substring(parts[1].IndexOf('=') + 1).Trim('"', '\'', '/').Split('(')[0];
                return name.Substring(name.LastIndexOfAny(['.', ':']) + 1);
            default:
                return "";
        }
    }
}
