using System.Collections.Generic;
using Microsoft.CodeAnalysis.Text;

namespace PromptGen.Generators.Templates;

/// <summary>
/// Parses the Handlebars subset of dotprompt. Takes any text: what can't be understood is reported with its span and left out.
/// </summary>
internal sealed class TemplateParser
{
    /// <summary>The deepest nesting of blocks.</summary>
    public const int MaxDepth = 64;

    /// <summary>The most letters of a block's name that a message repeats.</summary>
    private const int MaxShown = 60;

    private readonly string _text;
    private readonly List<TemplateProblem> _problems = [];
    private readonly List<TemplateNode> _root = [];
    private readonly List<OpenBlock> _open = [];
    private List<TemplateNode> _current;
    private int _tooDeep;

    private TemplateParser(string text)
    {
        _text = text;
        _current = _root;
    }

    public static TemplateSyntax Parse(string text)
    {
        var parser = new TemplateParser(text);
        var tokens = TemplateLexer.Read(text, parser._problems);
        TemplateWhitespace.Apply(text, tokens);
        foreach (var token in tokens)
        {
            parser.Read(token);
        }

        parser.CloseUntil(0);
        return new TemplateSyntax(text, tokens, parser._root, parser._problems);
    }

    private void Read(TemplateToken token)
    {
        switch (token.Kind)
        {
            case TemplateTokenKind.Text when token.Content.Length > 0:
                _current.Add(new TextNode(token.Content));
                break;
            case TemplateTokenKind.Tag:
                ReadTag(token);
                break;
        }
    }

    private void ReadTag(TemplateToken token)
    {
        var reader = new TagReader(_text, token.Content, _problems);
        switch (reader.Peek())
        {
            case '\0':
                Report(token.Span, "The tag is empty: name a parameter, or remove it");
                break;
            case '#':
                reader.Skip();
                ReadOpen(token, reader, isChained: false);
                break;
            case '/':
                reader.Skip();
                ReadClose(token, reader);
                break;
            case '^':
                reader.Skip();
                ReadInverse(token, reader);
                break;
            case '>':
                Report(token.Span, "Partials ('{{> name}}') are not supported: write their text here, or pass it as a parameter");
                break;
            case '&':
                reader.Skip();
                ReadValue(token, reader);
                break;
            default:
                ReadValue(token, reader);
                break;
        }
    }

    private void ReadValue(TemplateToken token, TagReader reader)
    {
        if (reader.Peek() is '"' or '\'' or '(')
        {
            Report(reader.Rest(), reader.Peek() == '(' ? "Sub-expressions are not supported: compute the value in C# and pass it as a parameter" : "A placeholder names a parameter: write the text without braces");
            return;
        }

        var word = reader.ReadWord();
        var name = reader.TextOf(word);
        if (name == "else")
        {
            ReadElse(token, reader);
        }
        else if (name == "schema" || (name is "role" or "json" or "media" && reader.Peek() != '\0'))
        {
            _current.Add(new HelperNode(token.Span, name, word, reader.ReadArguments()));
        }
        else if (reader.Peek() != '\0')
        {
            Report(
                word.Length > 0 ? word : token.Span,
                word.Length > 0 ? ExpressionAdvice.For(reader.TextOf(reader.Rest())) ?? ExpressionAdvice.For(name) ?? ExpressionAdvice.NoHelper(name) : "The tag does not start with a name: name a parameter or a helper");
        }
        else if (reader.ReadPath(word) is { } path)
        {
            _current.Add(new ValueNode(token.Span, path));
        }
    }

    private void ReadOpen(TemplateToken token, TagReader reader, bool isChained)
    {
        var word = reader.ReadWord();
        var name = reader.TextOf(word);
        var kind = name switch
        {
            "if" => BlockKind.If,
            "unless" => BlockKind.Unless,
            "each" => BlockKind.Each,
            _ => (BlockKind?)null,
        };

        if (kind is null)
        {
            Report(word.Length > 0 ? word : token.Span, $"The block '#{name}' is not supported; there are #if, #unless and #each");
        }

        if (_open.Count >= MaxDepth)
        {
            if (_tooDeep == 0)
            {
                Report(token.Span, "Blocks are nested deeper than 64: prepare this part in C# and pass it as a parameter");
            }

            // An else-if has no end of its own: what follows in its chain is not read.
            if (isChained)
            {
                _open[_open.Count - 1].IsCut = true;
            }
            else
            {
                _tooDeep++;
            }

            return;
        }

        // An unsupported block is opened anyway: its content and its end are understood.
        var subject = kind is null ? null : ReadSubject(token, reader, name);
        var block = new BlockNode(token.Span, kind ?? BlockKind.If, subject);
        if (kind is not null)
        {
            _current.Add(block);
        }

        _open.Add(new OpenBlock(name, block, isChained, kind is null ? _current : null));
        _current = kind is null ? _current : block.Body;
    }

    private PathSyntax? ReadSubject(TemplateToken token, TagReader reader, string name)
    {
        if (reader.Peek() is '\0' or '"' or '\'' or '(')
        {
            Report(token.Span, $"'#{name}' needs the name of a parameter or member");
            return null;
        }

        var path = reader.ReadPath(reader.ReadWord());
        var rest = reader.Rest();
        if (rest.Length > 0)
        {
            Report(rest, reader.TextOf(rest).StartsWith("as ", System.StringComparison.Ordinal)
                ? "Block parameters ('as |item|') are not supported: write this for the item and ../ for the outer scope"
                : ExpressionAdvice.For(reader.TextOf(rest)) ?? $"'#{name}' takes one name only");
        }

        return path;
    }

    private void ReadElse(TemplateToken token, TagReader reader)
    {
        if (_tooDeep > 0)
        {
            return;
        }

        if (_open.Count == 0)
        {
            Report(token.Span, "'{{else}}' is used outside of a block: remove it, or open the block before it");
            return;
        }

        var block = _open[_open.Count - 1];
        if (block.IsCut)
        {
            return;
        }

        if (block.HasElse)
        {
            Report(token.Span, "The block has two '{{else}}': remove one of the two, or write '{{else if name}}' for the first");
        }

        var isChain = reader.Peek() != '\0';
        block.HasElse = true;
        if (block.UnsupportedParent is null)
        {
            _current = block.Block.Else;
        }

        if (isChain)
        {
            ReadOpen(token, reader, isChained: true);
        }
    }

    private void ReadInverse(TemplateToken token, TagReader reader)
    {
        if (reader.Peek() == '\0')
        {
            ReadElse(token, reader);
            return;
        }

        var name = reader.TextOf(reader.Rest());
        Report(token.Span, $"'{{{{^{name}}}}}' is not supported; write '{{{{#unless {name}}}}}'");
        if (_open.Count >= MaxDepth)
        {
            _tooDeep++;
            return;
        }

        _open.Add(new OpenBlock(name, new BlockNode(token.Span, BlockKind.Unless, null), false, _current));
    }

    private void ReadClose(TemplateToken token, TagReader reader)
    {
        if (_tooDeep > 0)
        {
            _tooDeep--;
            return;
        }

        var name = reader.TextOf(reader.Rest());
        for (var i = _open.Count - 1; i >= 0; i--)
        {
            if (_open[i].Name == name && !_open[i].IsChained)
            {
                CloseUntil(i + 1);
                Close();
                return;
            }
        }

        var last = _open.FindLastIndex(static open => !open.IsChained);
        var innermost = last < 0 ? null : _open[last];
        Report(token.Span, innermost is null
            ? $"'{{{{/{Shown(name)}}}}}' closes no block: remove it, or open the block before it"
            : $"'{{{{/{Shown(name)}}}}}' does not close '{{{{#{Shown(innermost.Name)}}}}}'; write '{{{{/{Shown(innermost.Name)}}}}}'", innermost is null ? null : $"{{{{/{innermost.Name}}}}}");

        // It was meant to close something: one mistake is reported once.
        if (last >= 0)
        {
            CloseUntil(last + 1);
            Close();
        }
    }

    /// <summary>Closes blocks that were left open; those that an else opened close with their first block.</summary>
    private void CloseUntil(int count)
    {
        while (_open.Count > count)
        {
            var open = _open[_open.Count - 1];
            if (!open.IsChained)
            {
                Report(open.Block.Span, $"'{{{{#{Shown(open.Name)}}}}}' is not closed: add '{{{{/{Shown(open.Name)}}}}}' where the block ends");
            }

            Close();
        }
    }

    private void Close()
    {
        _open.RemoveAt(_open.Count - 1);
        if (_open.Count == 0)
        {
            _current = _root;
            return;
        }

        var parent = _open[_open.Count - 1];
        _current = parent.UnsupportedParent ?? (parent.HasElse ? parent.Block.Else : parent.Block.Body);
    }

    // A block is named by all that close it wrongly: a long name must not be repeated for each.
    private static string Shown(string name) => name.Length <= MaxShown ? name : name.Substring(0, MaxShown) + "…";

    private void Report(TextSpan span, string message, string? fix = null) => _problems.Add(new TemplateProblem(span, message, fix));

    private sealed class OpenBlock(string name, BlockNode block, bool isChained, List<TemplateNode>? unsupportedParent)
    {
        public string Name { get; } = name;

        public BlockNode Block { get; } = block;

        /// <summary>Whether <c>{{else if}}</c> opened it, so that it ends with the block that it continues.</summary>
        public bool IsChained { get; } = isChained;

        /// <summary>Where the content of a block goes that is not supported.</summary>
        public List<TemplateNode>? UnsupportedParent { get; } = unsupportedParent;

        public bool HasElse { get; set; }

        /// <summary>Whether a chain of <c>{{else if}}</c> became too deep here.</summary>
        public bool IsCut { get; set; }
    }
}
