using System.Buffers;
using PromptGen.Contracts.Repair;

namespace PromptGen.Contracts;

/// <summary>What the text around an answer's JSON shows without reading the JSON.</summary>
internal static class AnswerText
{
    private static readonly SearchValues<byte> Space = SearchValues.Create(" \t\r\n"u8);

    private static readonly SearchValues<byte> Blanks = SearchValues.Create(" \t"u8);

    private static readonly SearchValues<byte> Closers = SearchValues.Create("]} \t\r\n"u8);

    private static readonly SearchValues<byte> Separators = SearchValues.Create(",;` \t\r\n"u8);

    private static readonly SearchValues<byte> SentenceEnds = SearchValues.Create(".:!?"u8);

    private static readonly SearchValues<byte> StringMarks = SearchValues.Create("\"\\"u8);

    private static ReadOnlySpan<byte> Fence => "```"u8;

    public static ReadOnlySpan<byte> Bom => "\uFEFF"u8;

    /// <summary>What begins an object or array.</summary>
    public static SearchValues<byte> Openers { get; } = SearchValues.Create("{["u8);

    public static ReadOnlySpan<byte> TrimStart(ReadOnlySpan<byte> text, ReadingGuard guard) =>
        text.IsEmpty || text[0] > ' ' ? text : text.TrimStart(Space, guard);

    public static ReadOnlySpan<byte> TrimEnd(ReadOnlySpan<byte> text, ReadingGuard guard) =>
        text.IsEmpty || text[^1] > ' ' ? text : text.TrimEnd(Space, guard);

    /// <summary>The text without spaces and tabs at its end.</summary>
    public static ReadOnlySpan<byte> TrimLine(ReadOnlySpan<byte> text, ReadingGuard guard) => text.TrimEnd(Blanks, guard);

    public static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> text, ReadingGuard guard) => TrimEnd(TrimStart(text, guard), guard);

    /// <summary>Whether a block that starts with a brace or bracket can be JSON: prose and code are skipped without an exception.</summary>
    public static bool LooksLikeJson(ReadOnlySpan<byte> block, ReadingGuard guard)
    {
        var next = TrimStart(block[1..], guard);
        return next.IsEmpty || (block[0] == '{' ? next[0] is (byte)'"' or (byte)'}' : next[0] is (byte)'{' or (byte)'[' or (byte)']' || StartsScalar(next));
    }

    public static bool StartsScalar(ReadOnlySpan<byte> text) =>
        !text.IsEmpty && text[0] is (byte)'"' or (byte)'-' or (>= (byte)'0' and <= (byte)'9') or (byte)'t' or (byte)'f' or (byte)'n';

    /// <summary>Whether a block without an end has to be taken for the beginning of an answer, rather than for a bracket in prose.</summary>
    public static bool IsOpen(ReadOnlySpan<byte> block, bool isWrapped, ReadingGuard guard) =>
        block[0] == '{' || isWrapped || TrimStart(block[1..], guard) is [(byte)'{', ..];

    /// <summary>The length of the block up to its closing brace or bracket; 0 where there is none.</summary>
    public static int LengthOfBlock(ReadOnlySpan<byte> block, ReadingGuard guard)
    {
        var depth = 0;
        var charged = 0;
        for (var i = 0; i < block.Length; i++)
        {
            switch (block[i])
            {
                case (byte)'{' or (byte)'[':
                    depth++;
                    break;
                case (byte)'}' or (byte)']':
                    if (--depth == 0)
                    {
                        guard.Charge(i + 1 - charged);
                        return i + 1;
                    }

                    break;
                case (byte)'"':
                    var start = i;
                    i = EndOfString(block, i + 1, guard);
                    charged += Math.Min(i, block.Length) - start;
                    break;
            }

            if (i - charged >= ReadingGuard.Slice)
            {
                guard.Charge(i - charged);
                charged = i;
            }
        }

        guard.Charge(block.Length - charged);
        return 0;
    }

    private static int EndOfString(ReadOnlySpan<byte> text, int index, ReadingGuard guard)
    {
        while (index < text.Length && text[index..].IndexOfAny(StringMarks, guard) is >= 0 and var mark)
        {
            index += mark;
            if (text[index] == '"')
            {
                return index;
            }

            index += 2;
        }

        return text.Length;
    }

    /// <summary>Removes the fence that ends <paramref name="before"/> and starts <paramref name="after"/>.</summary>
    public static bool TryRemoveFence(ref ReadOnlySpan<byte> before, ref ReadOnlySpan<byte> after, ReadingGuard guard)
    {
        var fence = before.LastIndexOf(Fence, guard);
        if (fence < 0 || before[fence..].IndexOf("\n"u8, guard) >= 0)
        {
            return false;
        }

        before = TrimEnd(before[..fence], guard);
        after = after.StartsWith(Fence) ? TrimStart(after[Fence.Length..], guard) : after;
        return true;
    }

    /// <summary>Removes a fence around the whole text, which keeps the line feed at its end.</summary>
    public static bool TryUnfence(ref ReadOnlySpan<byte> text, ReadingGuard guard)
    {
        if (!text.StartsWith(Fence))
        {
            return false;
        }

        var lineEnd = text.IndexOf("\n"u8, guard);
        var trimmed = TrimEnd(text, guard);
        var fence = trimmed.Length - Fence.Length;
        if (lineEnd < 0 || fence <= lineEnd || !trimmed.EndsWith(Fence))
        {
            return false;
        }

        text = TrimStart(text[(lineEnd + 1)..fence], guard);
        return true;
    }

    /// <summary>Whether the text begins with an object or array, in a fence or not.</summary>
    public static bool StartsBlock(ReadOnlySpan<byte> text, ReadingGuard guard)
    {
        if (text.StartsWith(Fence))
        {
            var lineEnd = text.IndexOf("\n"u8, guard);
            text = lineEnd < 0 ? text[Fence.Length..] : TrimStart(text[lineEnd..], guard);
        }

        return !text.IsEmpty && text[0] is (byte)'{' or (byte)'[';
    }

    /// <summary>Whether the text's last character, a fence left out, closes an object or array.</summary>
    public static bool EndsWithCloser(ReadOnlySpan<byte> text, ReadingGuard guard)
    {
        text = TrimEnd(text, guard);
        text = text.EndsWith(Fence) ? TrimEnd(text[..^Fence.Length], guard) : text;
        return !text.IsEmpty && text[^1] is (byte)'}' or (byte)']';
    }

    /// <summary>Goes to the next fence that begins a line and to where what it holds begins; <paramref name="position"/> is then behind its end.</summary>
    public static bool TryNextFence(ReadOnlySpan<byte> text, ref int position, ReadingGuard guard, out int start)
    {
        start = 0;
        while (text[position..].IndexOf(Fence, guard) is >= 0 and var offset)
        {
            var fence = position + offset;
            position = fence + Fence.Length;
            var line = TrimLine(text[..fence], guard);
            if (!line.IsEmpty && line[^1] != '\n')
            {
                continue;
            }

            var lineEnd = text[position..].IndexOf("\n"u8, guard);
            if (lineEnd < 0)
            {
                // No line follows, so no later fence has content.
                return false;
            }

            var body = text[(position + lineEnd)..];
            var close = body.IndexOf(Fence, guard);
            start = text.Length - TrimStart(body, guard).Length;
            position = close < 0 ? text.Length : position + lineEnd + close + Fence.Length;
            if (start < text.Length)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>What the only fence of a text holds; the text itself where there is none, or several.</summary>
    public static ReadOnlySpan<byte> InFence(ReadOnlySpan<byte> text, ReadingGuard guard, out Rungs rungs)
    {
        rungs = Rungs.None;
        var open = text.IndexOf(Fence, guard);
        var lineEnd = open < 0 ? -1 : text[open..].IndexOf("\n"u8, guard);
        if (lineEnd < 0)
        {
            return text;
        }

        var body = text[(open + lineEnd)..];
        var close = body.IndexOf(Fence, guard);
        if (close < 0 || body[(close + Fence.Length)..].IndexOf(Fence, guard) >= 0 || Trim(body[..close], guard).IsEmpty)
        {
            return text;
        }

        var isAlone = open == 0 && TrimStart(body[(close + Fence.Length)..], guard).IsEmpty;
        rungs = isAlone ? Rungs.Fence : Rungs.Fence | Rungs.Prose;
        return Trim(body[..close], guard);
    }

    /// <summary>Whether a member comes behind an object that has ended: it ended too early, and more than prose would be left out.</summary>
    public static bool GoesOn(ReadOnlySpan<byte> after, ReadingGuard guard)
    {
        after = TrimStart(after, guard);
        if (after is not [(byte)',', ..])
        {
            return false;
        }

        after = TrimStart(after[1..], guard);
        var end = after is [(byte)'"', ..] ? after[1..].IndexOf("\""u8, guard) : -1;
        return end >= 0 && TrimStart(after[(end + 2)..], guard) is [(byte)':', ..];
    }

    /// <summary>Whether the text between two objects contains words, rather than only commas and fences of JSON.</summary>
    public static bool IsProse(ReadOnlySpan<byte> between, ReadingGuard guard)
    {
        while (between.IndexOfAnyExcept(Separators, guard) is >= 0 and var word)
        {
            between = between[word..];
            if (!between.StartsWith("json"u8))
            {
                return true;
            }

            between = between["json".Length..];
        }

        return false;
    }

    /// <summary>Whether a sentence leads over from one object to the next, so that the later one replaces the earlier: "or" does not.</summary>
    public static bool LeadsOver(ReadOnlySpan<byte> between, ReadingGuard guard) => between.IndexOfAny(SentenceEnds, guard) >= 0;

    /// <summary>Where the next object with a member begins, the member's name in double quotes; -1 where there is none.</summary>
    public static int NextObject(ReadOnlySpan<byte> text, int position, ReadingGuard guard)
    {
        while (text[position..].IndexOf("{"u8, guard) is >= 0 and var offset)
        {
            position += offset;
            if (TrimStart(text[(position + 1)..], guard) is [(byte)'"', ..])
            {
                return position;
            }

            position++;
        }

        return -1;
    }

    /// <summary>What surrounds the JSON of an answer.</summary>
    public static Rungs Around(ReadOnlySpan<byte> before, ReadOnlySpan<byte> after, ReadingGuard guard)
    {
        before = TrimEnd(before, guard);
        after = TrimStart(after, guard);
        var rungs = TryRemoveFence(ref before, ref after, guard) ? Rungs.Fence : Rungs.None;
        if (before.IndexOfAnyExcept(Closers, guard) < 0 && after.IndexOfAnyExcept(Closers, guard) < 0)
        {
            return rungs | (before.IsEmpty && after.IsEmpty ? Rungs.None : Rungs.StrayCloser);
        }

        return rungs | Rungs.Prose;
    }

    public static ContractReading<T> Invalid<T>(ReadOnlySpan<byte> block) =>
        ContractReading<T>.Failed(PromptErrorCode.InvalidJson, [new SchemaViolation("", "a JSON object", ContractReader.Snippet(block))]);
}
