using System.Buffers;

namespace PromptGen.Contracts.Repair;

// Blocks of text between three marks, as Python and Markdown write them.
internal ref partial struct JsonRepairer
{
    private static readonly SearchValues<byte> s_margin = SearchValues.Create(" \t\r"u8);

    private readonly bool IsTriple(int index, byte mark) =>
        index + 2 < _text.Length && _text[index] == mark && _text[index + 1] == mark && _text[index + 2] == mark;

    /// <summary>The index of the three marks that close the block which begins here; 0 where there are none.</summary>
    private int TripleEnd(byte mark, Place place)
    {
        ReadOnlySpan<byte> marks = [mark, mark, mark];
        for (var i = _position + 3; i <= _text.Length - 3; i++)
        {
            var found = _text[i..].IndexOf(marks, _guard);
            _lookahead -= found < 0 ? _text.Length - i : found;
            if (found < 0 || _lookahead < 0)
            {
                return 0;
            }

            i += found;
            // Of four marks in a row the first one belongs to the text.
            while (IsTriple(i + 1, mark))
            {
                _guard.Charge(1);
                i++;
            }

            if (Closes(i + 3, place))
            {
                return i;
            }
        }

        return 0;
    }

    /// <summary>Writes a block as its text: the mark's own line, an info word behind back quotes and the common indentation are left out.</summary>
    private void WriteBlock(byte mark, int end)
    {
        Note(Rungs.TripleQuotes);
        var block = _text[(_position + 3)..end];
        _position = end + 3;
        var lineEnd = block.IndexOf("\n"u8, _guard);
        if (lineEnd < 0 || (mark != '`' && block[..lineEnd].IndexOfAnyExcept(s_margin, _guard) >= 0))
        {
            WriteText(block);
            return;
        }

        block = block[(lineEnd + 1)..];
        var last = block.LastIndexOf("\n"u8, _guard);
        block = AnswerText.TrimLine(block[(last + 1)..], _guard).IsEmpty ? block[..Math.Max(last, 0)] : block;
        WriteDedented(block);
    }

    private readonly void WriteDedented(ReadOnlySpan<byte> block)
    {
        var margin = int.MaxValue;
        for (var rest = block; !rest.IsEmpty;)
        {
            var line = TakeLine(ref rest);
            var indentation = line.IndexOfAnyExcept(s_margin, _guard);
            margin = indentation < 0 ? margin : Math.Min(margin, indentation);
        }

        Write('"');
        for (var rest = block; !rest.IsEmpty;)
        {
            var line = TakeLine(ref rest);
            foreach (var c in line[Math.Min(margin, line.Length)..])
            {
                WriteCharacter(c);
            }

            if (!rest.IsEmpty)
            {
                _json.Write("\\n"u8);
            }
        }

        Write('"');
    }

    private readonly ReadOnlySpan<byte> TakeLine(ref ReadOnlySpan<byte> rest)
    {
        var end = rest.IndexOf("\n"u8, _guard);
        var line = end < 0 ? rest : rest[..end];
        rest = end < 0 ? [] : rest[(end + 1)..];
        return line;
    }
}
