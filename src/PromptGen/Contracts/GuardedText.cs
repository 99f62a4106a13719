using System.Buffers;

namespace PromptGen.Contracts;

/// <summary>Searches a text and counts the work slice by slice, so that token and deadline are checked however long the text is.</summary>
internal static class GuardedText
{
    /// <summary>Where the first of some values is; -1 where there is none.</summary>
    public static int IndexOfAny<T>(this ReadOnlySpan<T> text, SearchValues<T> values, ReadingGuard guard)
        where T : IEquatable<T> => First(text, values, isAmongThem: true, guard);

    /// <summary>Where the first value other than some is; -1 where there is none.</summary>
    public static int IndexOfAnyExcept<T>(this ReadOnlySpan<T> text, SearchValues<T> values, ReadingGuard guard)
        where T : IEquatable<T> => First(text, values, isAmongThem: false, guard);

    /// <summary>Where a sequence first begins; -1 where it does not occur.</summary>
    public static int IndexOf<T>(this ReadOnlySpan<T> text, ReadOnlySpan<T> sequence, ReadingGuard guard)
        where T : IEquatable<T>
    {
        for (var start = 0; start + sequence.Length <= text.Length; start += ReadingGuard.Slice)
        {
            // It begins in the slice and may end behind it.
            var slice = text[start..Math.Min(text.Length, start + ReadingGuard.Slice + sequence.Length - 1)];
            var found = slice.IndexOf(sequence);
            guard.Charge(found < 0 ? Math.Min(slice.Length, ReadingGuard.Slice) : found + 1);
            if (found >= 0)
            {
                return start + found;
            }
        }

        return -1;
    }

    /// <summary>Where a sequence last begins; -1 where it does not occur.</summary>
    public static int LastIndexOf<T>(this ReadOnlySpan<T> text, ReadOnlySpan<T> sequence, ReadingGuard guard)
        where T : IEquatable<T>
    {
        for (var end = text.Length - sequence.Length + 1; end > 0; end -= ReadingGuard.Slice)
        {
            var start = Math.Max(0, end - ReadingGuard.Slice);
            var found = text[start..(end + sequence.Length - 1)].LastIndexOf(sequence);
            guard.Charge(found < 0 ? end - start : end - start - found);
            if (found >= 0)
            {
                return start + found;
            }
        }

        return -1;
    }

    /// <summary>How often a value occurs.</summary>
    public static int Count<T>(this ReadOnlySpan<T> text, T value, ReadingGuard guard)
        where T : IEquatable<T>
    {
        var count = 0;
        for (var start = 0; start < text.Length; start += ReadingGuard.Slice)
        {
            var slice = ReadingGuard.SliceOf(text[start..]);
            guard.Charge(slice.Length);
            count += slice.Count(value);
        }

        return count;
    }

    /// <summary>The text without some values at its beginning.</summary>
    public static ReadOnlySpan<T> TrimStart<T>(this ReadOnlySpan<T> text, SearchValues<T> values, ReadingGuard guard)
        where T : IEquatable<T>
    {
        var start = text.IndexOfAnyExcept(values, guard);
        return start < 0 ? text[text.Length..] : text[start..];
    }

    /// <summary>The text without some values at its end.</summary>
    public static ReadOnlySpan<T> TrimEnd<T>(this ReadOnlySpan<T> text, SearchValues<T> values, ReadingGuard guard)
        where T : IEquatable<T>
    {
        for (var end = text.Length; end > 0; end -= ReadingGuard.Slice)
        {
            var start = Math.Max(0, end - ReadingGuard.Slice);
            var last = text[start..end].LastIndexOfAnyExcept(values);
            guard.Charge(end - start - Math.Max(0, last));
            if (last >= 0)
            {
                return text[..(start + last + 1)];
            }
        }

        return [];
    }

    /// <summary>The text without some values at its beginning and end.</summary>
    public static ReadOnlySpan<T> Trim<T>(this ReadOnlySpan<T> text, SearchValues<T> values, ReadingGuard guard)
        where T : IEquatable<T> => text.TrimStart(values, guard).TrimEnd(values, guard);

    private static int First<T>(ReadOnlySpan<T> text, SearchValues<T> values, bool isAmongThem, ReadingGuard guard)
        where T : IEquatable<T>
    {
        for (var start = 0; start < text.Length; start += ReadingGuard.Slice)
        {
            var slice = ReadingGuard.SliceOf(text[start..]);
            var found = isAmongThem ? slice.IndexOfAny(values) : slice.IndexOfAnyExcept(values);
            guard.Charge(found < 0 ? slice.Length : found + 1);
            if (found >= 0)
            {
                return start + found;
            }
        }

        return -1;
    }
}
