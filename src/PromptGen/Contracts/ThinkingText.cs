using System.Buffers;
using System.Text;

namespace PromptGen.Contracts;

/// <summary>The reasoning that a model wrote before its answer.</summary>
internal static class ThinkingText
{
    private static readonly SearchValues<byte> BlocksAndTags = SearchValues.Create("{[<"u8);

    private static readonly string[] Tags = ["think", "thinking", "reflection", "reasoning", "scratchpad", "analysis"];

    /// <summary>
    /// Removes it: blocks such as <c>&lt;thinking&gt;…&lt;/thinking&gt;</c> before the first brace or
    /// bracket, and all text before them; or all text up to a <c>&lt;/think&gt;</c> whose opening tag was not sent.
    /// </summary>
    public static bool TryRemove(ref ReadOnlySpan<byte> text, ReadingGuard guard)
    {
        var position = 0;
        var found = false;
        var endless = 0;
        for (var tags = 0; tags < ContractLimits.Candidates && text[position..].IndexOfAny(BlocksAndTags, guard) is >= 0 and var offset && text[position + offset] == '<'; tags++)
        {
            position += offset + 1;
            var tag = TagAt(text[position..]);
            if (tag < 0 || (endless & (1 << tag)) != 0)
            {
                continue;
            }

            var end = EndOfTag(text[position..], Tags[tag], guard);
            if (end == 0)
            {
                // No later tag of this name has an end either.
                endless |= 1 << tag;
                continue;
            }

            text = AnswerText.TrimStart(text[(position + end)..], guard);
            position = 0;
            found = true;
        }

        var closed = found ? -1 : text.LastIndexOf("</think>"u8, guard);
        if (closed >= 0 && AnswerText.StartsBlock(AnswerText.TrimStart(text[(closed + "</think>".Length)..], guard), guard))
        {
            text = AnswerText.TrimStart(text[(closed + "</think>".Length)..], guard);
            found = true;
        }

        return found;
    }

    /// <summary>The index of the tag that a text begins with; -1 where there is none.</summary>
    private static int TagAt(ReadOnlySpan<byte> text)
    {
        for (var tag = 0; tag < Tags.Length; tag++)
        {
            if (StartsTag(text, Tags[tag]))
            {
                return tag;
            }
        }

        return -1;
    }

    private static bool StartsTag(ReadOnlySpan<byte> text, string tag) =>
        text.Length > tag.Length && text[tag.Length] == '>' && Ascii.EqualsIgnoreCase(text[..tag.Length], tag);

    /// <summary>Where the block of a tag is over; 0 where it never is.</summary>
    private static int EndOfTag(ReadOnlySpan<byte> text, string tag, ReadingGuard guard)
    {
        for (var position = 0; text[position..].IndexOf("</"u8, guard) is >= 0 and var offset;)
        {
            position += offset + 2;
            if (StartsTag(text[position..], tag))
            {
                return position + tag.Length + 1;
            }
        }

        return 0;
    }
}
