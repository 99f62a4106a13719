using System;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace PromptGen.Generators.Text;

/// <summary>
/// Text with holes, as <c>$"…"</c> gives it: its parts go to the writer as they come, so that no string is built for what is copied at once.
/// A hole must not write to the same writer.
/// </summary>
[InterpolatedStringHandler]
internal readonly ref struct WrittenText
{
    private readonly SourceWriter _writer;

    public WrittenText(int literalLength, int formattedCount, SourceWriter writer)
    {
        _ = literalLength;
        _ = formattedCount;
        _writer = writer;
    }

    public void AppendLiteral(string text) => _writer.Append(text);

    public void AppendFormatted(string? text) => _writer.Append(text);

    public void AppendFormatted(int number) => _writer.Append(number.ToString(CultureInfo.InvariantCulture));

    public void AppendFormatted(Enum value) => _writer.Append(value.ToString());
}
