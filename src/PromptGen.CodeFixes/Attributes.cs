using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace PromptGen.CodeFixes;

/// <summary>Attributes as they are written.</summary>
internal static class Attributes
{
    /// <summary>Whether the attribute has this name, with or without its suffix, qualified or not.</summary>
    public static bool IsNamed(this AttributeSyntax attribute, string name) => attribute.Name switch
    {
        QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
        AliasQualifiedNameSyntax qualified => qualified.Name.Identifier.ValueText,
        SimpleNameSyntax simple => simple.Identifier.ValueText,
        _ => "",
    } is var written && (written == name || written == name + "Attribute");

    /// <summary>The last attribute of that name on a method; null where there is none.</summary>
    public static AttributeSyntax? LastAttribute(this MethodDeclarationSyntax method, string name) =>
        method.AttributeLists.SelectMany(static list => list.Attributes).LastOrDefault(attribute => attribute.IsNamed(name));

    /// <summary>The first positional argument of an attribute of that name, as it is written; null where there is none.</summary>
    public static string? FirstArgumentOf(this MethodDeclarationSyntax method, string name) =>
        method.LastAttribute(name)?.ArgumentList?.Arguments.FirstOrDefault(static argument => argument.NameEquals is null)?.Expression.ToString();

    /// <summary>What goes where an attribute is removed: its list, and its line, where nothing else is in them.</summary>
    public static TextSpan Removal(this AttributeSyntax attribute) =>
        attribute.Parent is not AttributeListSyntax list ? attribute.Span
        : list.Attributes.Count == 1 ? WithLine(list)
        : list.Attributes.RemovalOf(attribute);

    /// <summary>What goes where an item of a list is removed: the comma before it too, or the one behind the first.</summary>
    public static TextSpan RemovalOf<T>(this SeparatedSyntaxList<T> list, T item)
        where T : SyntaxNode
    {
        var index = list.IndexOf(item);
        return index > 0 ? TextSpan.FromBounds(list[index - 1].Span.End, item.Span.End)
            : list.Count > 1 ? TextSpan.FromBounds(item.SpanStart, list[1].SpanStart)
            : item.Span;
    }

    /// <summary>The named argument of an attribute; null where it is not set.</summary>
    public static AttributeArgumentSyntax? Named(this AttributeSyntax attribute, string name) =>
        attribute.ArgumentList?.Arguments.FirstOrDefault(argument => argument.NameEquals?.Name.Identifier.ValueText == name);

    /// <summary>Adds a named argument, or replaces its value.</summary>
    public static TextChange Set(this AttributeSyntax attribute, string name, string value) =>
        attribute.Named(name) is { } existing ? new TextChange(existing.Expression.Span, value)
        : attribute.ArgumentList is not { } list ? Fix.Insert(attribute.Span.End, $"({name} = {value})")
        : list.Arguments.Count == 0 ? Fix.Insert(list.OpenParenToken.Span.End, $"{name} = {value}")
        : Fix.Insert(list.Arguments.Last().Span.End, $", {name} = {value}");

    /// <summary>The attribute in which a place of the source is; null where it is in none.</summary>
    public static AttributeSyntax? AttributeAt(this SyntaxNode root, TextSpan span) => root.FindNode(span, getInnermostNodeForTie: true).FirstAncestorOrSelf<AttributeSyntax>();

    /// <summary>The whole line where nothing else is on it, else with the white space behind.</summary>
    private static TextSpan WithLine(AttributeListSyntax list)
    {
        var text = list.SyntaxTree.GetText();
        var (first, last) = (text.Lines.GetLineFromPosition(list.SpanStart), text.Lines.GetLineFromPosition(list.Span.End));
        var before = text.ToString(TextSpan.FromBounds(first.Start, list.SpanStart));
        var behind = text.ToString(TextSpan.FromBounds(list.Span.End, last.End));
        return string.IsNullOrWhiteSpace(before) && string.IsNullOrWhiteSpace(behind)
            ? TextSpan.FromBounds(first.Start, last.EndIncludingLineBreak)
            : TextSpan.FromBounds(list.SpanStart, list.Span.End + behind.TakeWhile(static letter => letter == ' ').Count());
    }
}
