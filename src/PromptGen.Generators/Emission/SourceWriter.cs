using System.Text;

namespace PromptGen.Generators.Emission;

/// <summary>
/// Writes indented source text. Lines end in <c>\n</c> on every machine; a text of several lines is indented line by line,
/// so that a raw string reads like the code that it becomes.
/// </summary>
internal sealed class SourceWriter
{
    private readonly StringBuilder _text = new();
    private int _indent;

    public SourceWriter Line(string text = "")
    {
        if (text.IndexOf('\n') < 0)
        {
            return SingleLine(text);
        }

        foreach (var line in text.Split('\n'))
        {
            SingleLine(line.TrimEnd('\r'));
        }

        return this;
    }

    /// <summary>Writes a line and an opening brace, and indents what follows.</summary>
    public SourceWriter Open(string text)
    {
        Line(text);
        Line("{");
        _indent++;
        return this;
    }

    /// <summary>Ends the innermost <see cref="Open"/>.</summary>
    public SourceWriter Close(string suffix = "")
    {
        _indent--;
        return Line("}" + suffix);
    }

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

    public override string ToString() => _text.ToString();

    private SourceWriter SingleLine(string text)
    {
        if (text.Length > 0)
        {
            _text.Append(' ', _indent * 4).Append(text);
        }

        _text.Append('\n');
        return this;
    }
}
