using System;
using System.Runtime.CompilerServices;
using System.Text;

namespace PromptGen.Generators.Text;

/// <summary>
/// Writes indented source text. Lines end in <c>\n</c> on every machine; a text of several lines is indented line by line,
/// so that a raw string reads like the code that it becomes.
/// </summary>
internal sealed class SourceWriter
{
    private const int UsualLength = 16 * 1024;

    // A build writes thousands of files one after the other: what they are written into is used again.
    [ThreadStatic]
    private static StringBuilder? t_spare;

    private readonly StringBuilder _text;
    private int _indent;
    private bool _isInLine;

    public SourceWriter()
    {
        _text = t_spare ?? new StringBuilder(UsualLength);
        t_spare = null;
    }

    public SourceWriter Line(string text = "")
    {
        Append(text);
        return EndLine();
    }

    public SourceWriter Line([InterpolatedStringHandlerArgument("")] ref WrittenText text) => EndLine();

    /// <summary>Writes a part of a line.</summary>
    public SourceWriter Append(string? text)
    {
        if (text is not null)
        {
            var start = 0;
            for (var end = text.IndexOf('\n'); end >= 0; end = text.IndexOf('\n', start))
            {
                AppendInLine(text, start, end > start && text[end - 1] == '\r' ? end - 1 : end);
                EndLine();
                start = end + 1;
            }

            AppendInLine(text, start, text.Length);
        }

        return this;
    }

    public SourceWriter Append([InterpolatedStringHandlerArgument("")] ref WrittenText text) => this;

    /// <summary>Writes a line and an opening brace, and indents what follows.</summary>
    public SourceWriter Open(string text)
    {
        Append(text);
        return Open();
    }

    public SourceWriter Open([InterpolatedStringHandlerArgument("")] ref WrittenText text) => Open();

    /// <summary>Ends the line, writes an opening brace, and indents what follows.</summary>
    public SourceWriter Open()
    {
        EndLine().Line("{");
        return Indent();
    }

    /// <summary>Ends the innermost <see cref="Open()"/>.</summary>
    public SourceWriter Close() => Unindent().Line("}");

    public SourceWriter Indent()
    {
        _indent++;
        return this;
    }

    public SourceWriter Unindent()
    {
        _indent--;
        return this;
    }

    /// <summary>The text. Nothing can be written after it.</summary>
    public string Finish()
    {
        var text = _text.ToString();
        if (_text.Capacity <= 4 * UsualLength)
        {
            t_spare = _text.Clear();
        }

        return text;
    }

    private void AppendInLine(string text, int start, int end)
    {
        if (end > start)
        {
            if (!_isInLine)
            {
                _text.Append(' ', _indent * 4);
                _isInLine = true;
            }

            _text.Append(text, start, end - start);
        }
    }

    private SourceWriter EndLine()
    {
        _text.Append('\n');
        _isInLine = false;
        return this;
    }
}
