using System.Buffers;

namespace PromptGen.Contracts.Repair;

/// <summary>
/// Splits an object into its members by the contract's names alone, where its quotation marks are not reliable: a text contains code with many of
/// them, or a closing one is missing. The text between one known name and the next is the value. No name may occur twice, so that the result is
/// unambiguous, and the object has to be closed.
/// </summary>
/// <param name="text">The text.</param>
/// <param name="names">The names of the object's members.</param>
/// <param name="json">Where the JSON goes.</param>
/// <param name="guard">Counts the work.</param>
internal readonly ref struct MemberSplitter(ReadOnlySpan<byte> text, KnownNames names, ArrayBufferWriter<byte> json, ReadingGuard guard)
{
    /// <summary>How many ends of a value that is no text are tried.</summary>
    private const int Tries = 8;

    private static readonly SearchValues<byte> s_breaks = SearchValues.Create("\"\n"u8);
    private static readonly SearchValues<byte> s_blanks = SearchValues.Create(" \t\r"u8);
    private static readonly SearchValues<byte> s_punctuation = SearchValues.Create(".,:; \t\r\n"u8);

    private readonly ReadOnlySpan<byte> _text = text;

    /// <summary>Writes the object as JSON.</summary>
    /// <param name="start">Where the object begins.</param>
    /// <param name="end">Where it has ended.</param>
    /// <returns>False where it cannot be split.</returns>
    public bool TrySplit(out int start, out int end)
    {
        (start, end) = (0, 0);
        var members = new List<Member>();
        foreach (var name in names.Utf8)
        {
            if (!TryFind(name, members))
            {
                return false;
            }
        }

        members.Sort(static (left, right) => left.Start.CompareTo(right.Start));
        if (members.Count == 0 || !TryFindStart(members[0].Start, out start))
        {
            return false;
        }

        json.Write("{"u8);
        for (var i = 0; i < members.Count; i++)
        {
            json.Write(i == 0 ? "\""u8 : ",\""u8);
            json.Write(members[i].Name);
            json.Write("\":"u8);
            if (i + 1 < members.Count ? !TryWriteInner(_text[members[i].Value..members[i + 1].Start]) : !TryWriteLast(members[i].Value, out end))
            {
                return false;
            }
        }

        json.Write("}"u8);
        return true;
    }

    /// <summary>Finds the only place where a name is in quotation marks with a colon after it, if there is any.</summary>
    /// <returns>False where there is more than one.</returns>
    private bool TryFind(byte[] name, List<Member> members)
    {
        byte[] quoted = [(byte)'"', .. name, (byte)'"'];
        var found = false;
        for (var position = 0; _text[position..].IndexOf(quoted, guard) is >= 0 and var offset;)
        {
            var start = position + offset;
            position = start + quoted.Length;
            var rest = AnswerText.TrimStart(_text[position..], guard);
            if (rest is not [(byte)':', ..])
            {
                continue;
            }

            if (found)
            {
                return false;
            }

            members.Add(new Member(name, start, _text.Length - rest.Length + 1));
            found = true;
        }

        return true;
    }

    private bool TryFindStart(int first, out int start)
    {
        var before = AnswerText.TrimEnd(_text[..first], guard);
        start = Math.Max(0, before.Length - 1);
        return before is [] or [.., (byte)'{'];
    }

    /// <summary>Writes a value that another member follows: the text before the comma.</summary>
    private bool TryWriteInner(ReadOnlySpan<byte> value)
    {
        value = AnswerText.Trim(value, guard);
        value = value is [.., (byte)','] ? AnswerText.TrimEnd(value[..^1], guard) : value;
        return value is [(byte)'"', ..] ? TryWriteText(value is [_, .., (byte)'"'] ? value[1..^1] : value[1..]) : TryWriteOther(value);
    }

    /// <summary>The last value: it ends before the first brace that can close the object, behind which the line or the fence ends.</summary>
    private bool TryWriteLast(int start, out int end)
    {
        start = _text.Length - AnswerText.TrimStart(_text[start..], guard).Length;
        end = start;
        var isText = _text[start..] is [(byte)'"', ..] or [(byte)'\\', (byte)'"', ..];
        // The end of the text's first line, or another quotation mark: searched once for all braces that may close the object.
        var firstBreak = start + 1 < _text.Length ? _text[(start + 1)..].IndexOfAny(s_breaks, guard) : -1;
        for (var tries = 0; tries < Tries && _text[end..].IndexOf("}"u8, guard) is >= 0 and var offset;)
        {
            end += offset + 1;
            if (!IsEnd(end))
            {
                continue;
            }

            var value = AnswerText.TrimEnd(_text[start..(end - 1)], guard);
            if (!isText)
            {
                if (TryWriteOther(value))
                {
                    return true;
                }

                tries++;
                continue;
            }

            var closed = value.TrimEnd(s_punctuation, guard);
            if (closed is [_, .., not (byte)'\\', (byte)'"'] or [(byte)'\\', _, .., (byte)'\\', (byte)'"', (byte)'"'])
            {
                return TryWriteText(closed[0] == '"' ? closed[1..^1] : closed[..^1]);
            }

            if (AnswerText.TrimLine(_text[..(end - 1)], guard) is [.., (byte)'\n'] && (firstBreak < 0 || firstBreak >= value.Length - 1))
            {
                // All of the line: its closing mark was forgotten, or is another one.
                value = value is [.., (byte)'\''] && value.Count((byte)'\'', guard) % 2 != 0 ? value[..^1] : value;
                return TryWriteText(value[1..]);
            }
        }

        return false;
    }

    /// <summary>Whether the line or the fence ends here.</summary>
    private bool IsEnd(int index)
    {
        var after = _text[index..].TrimStart(s_blanks, guard);
        return after.IsEmpty || after[0] == '\n' || after.StartsWith("```"u8);
    }

    /// <summary>Writes the text between two quotation marks, as long as no member of another name begins in it.</summary>
    private bool TryWriteText(ReadOnlySpan<byte> text)
    {
        for (var rest = text; rest.IndexOf("\n"u8, guard) is >= 0 and var line;)
        {
            rest = AnswerText.TrimStart(rest[(line + 1)..], guard);
            var close = rest is [(byte)'"', ..] ? rest[1..].IndexOf("\""u8, guard) : -1;
            if (close >= 0 && AnswerText.TrimStart(rest[(close + 2)..], guard) is [(byte)':', ..])
            {
                return false;
            }
        }

        return !JsonRepairer.HoldsMember(text, names, guard) && JsonRepairer.TryWriteText(text, json, guard);
    }

    /// <summary>Writes a value that is no text.</summary>
    private bool TryWriteOther(ReadOnlySpan<byte> value)
    {
        var other = new ArrayBufferWriter<byte>(value.Length + 16);
        var repairer = new JsonRepairer(value, other, guard);
        if (value.IsEmpty || repairer.Repair() != RepairOutcome.Repaired || repairer.Length != value.Length)
        {
            return false;
        }

        json.Write(other.WrittenSpan);
        return true;
    }

    /// <param name="Name">The name as UTF-8.</param>
    /// <param name="Start">Where the name's opening quotation mark is.</param>
    /// <param name="Value">Where the value begins.</param>
    private readonly record struct Member(byte[] Name, int Start, int Value);
}
