using System.Collections.Generic;
using Microsoft.CodeAnalysis.Text;

namespace PromptGen.Generators.Templates;

/// <summary>A parsed template.</summary>
internal sealed class TemplateSyntax(string text, List<TemplateToken> tokens, List<TemplateNode> nodes, List<TemplateProblem> problems)
{
    public string Text { get; } = text;

    public IReadOnlyList<TemplateToken> Tokens { get; } = tokens;

    public IReadOnlyList<TemplateNode> Nodes { get; } = nodes;

    public IReadOnlyList<TemplateProblem> Problems { get; } = problems;
}

/// <param name="span">The tag with its braces; of a block its opening tag.</param>
internal abstract class TemplateNode(TextSpan span)
{
    public TextSpan Span { get; } = span;
}

/// <summary>Text that is rendered as it is written.</summary>
internal sealed class TextNode(TextSpan span) : TemplateNode(span);

/// <summary><c>{{order.customer.name}}</c></summary>
internal sealed class ValueNode(TextSpan span, PathSyntax path) : TemplateNode(span)
{
    public PathSyntax Path { get; } = path;
}

/// <summary><c>{{role "user"}}</c>, <c>{{json x indent=2}}</c>, <c>{{media url=x}}</c>, <c>{{schema}}</c></summary>
internal sealed class HelperNode(TextSpan span, string name, TextSpan nameSpan, List<ArgumentSyntax> arguments) : TemplateNode(span)
{
    public string Name { get; } = name;

    public TextSpan NameSpan { get; } = nameSpan;

    public IReadOnlyList<ArgumentSyntax> Arguments { get; } = arguments;
}

internal enum BlockKind
{
    If,
    Unless,
    Each,
}

/// <summary><c>{{#if x}} … {{else}} … {{/if}}</c> and its kin.</summary>
internal sealed class BlockNode(TextSpan span, BlockKind kind, PathSyntax? subject) : TemplateNode(span)
{
    public BlockKind Kind { get; } = kind;

    /// <summary>What is tested or repeated; null where the tag is wrong.</summary>
    public PathSyntax? Subject { get; } = subject;

    public List<TemplateNode> Body { get; } = [];

    public List<TemplateNode> Else { get; } = [];
}

/// <summary>The path of a value: <c>../order.lines</c>, <c>this</c>, <c>@index</c>.</summary>
internal sealed class PathSyntax(TextSpan span, int up, string? data, bool startsWithThis, List<PathSegment> segments)
{
    public TextSpan Span { get; } = span;

    /// <summary>How many <c>../</c> it starts with.</summary>
    public int Up { get; } = up;

    /// <summary>The name behind <c>@</c>; null = none.</summary>
    public string? Data { get; } = data;

    /// <summary>Whether it starts with <c>this</c>, so that its first segment is a member and no parameter.</summary>
    public bool StartsWithThis { get; } = startsWithThis;

    public IReadOnlyList<PathSegment> Segments { get; } = segments;
}

internal readonly record struct PathSegment(string Name, TextSpan Span);

internal enum ArgumentKind
{
    Path,
    String,
    Number,
}

/// <summary>An argument of a helper, for example <c>indent=2</c>.</summary>
/// <param name="Name">Its name; null = positional.</param>
/// <param name="Span">Name and value.</param>
/// <param name="Kind">What the value is.</param>
/// <param name="Text">The value; for a string, the text between the quotes.</param>
/// <param name="Path">The value as a path.</param>
internal sealed record ArgumentSyntax(string? Name, TextSpan Span, ArgumentKind Kind, string Text, PathSyntax? Path);
