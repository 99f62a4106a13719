using System.Buffers;
using PromptGen.Contracts;

namespace PromptGen.Tests.Contracts;

/// <summary>Searches that count their work slice by slice: they find what those of .NET find, and count what they looked at.</summary>
public sealed class GuardedTextTests
{
    private const int Slice = ReadingGuard.Slice;

    private static readonly SearchValues<char> s_x = SearchValues.Create("x");

    public static TheoryData<int, int> Places
    {
        get
        {
            var places = new TheoryData<int, int>();
            foreach (var length in (int[])[0, 1, 5, Slice - 1, Slice, Slice + 1, (2 * Slice) - 1, 2 * Slice, (3 * Slice) + 7])
            {
                foreach (var place in (int[])[-1, 0, 1, Slice - 2, Slice - 1, Slice, Slice + 1, length - 2, length - 1])
                {
                    if (place >= -1 && place < length)
                    {
                        places.Add(length, place);
                    }
                }
            }

            return places;
        }
    }

    [Theory]
    [MemberData(nameof(Places))]
    public void The_first_of_some_values_is_found(int length, int place)
    {
        var guard = new ReadingGuard();

        Assert.Equal(place, Text(length, place, "x").IndexOfAny(s_x, guard));

        Assert.Equal(place < 0 ? length : place + 1, guard.Steps);
    }

    [Theory]
    [MemberData(nameof(Places))]
    public void The_first_other_value_is_found(int length, int place)
    {
        var guard = new ReadingGuard();

        Assert.Equal(place, Text(length, place, "a", fill: 'x').IndexOfAnyExcept(s_x, guard));

        Assert.Equal(place < 0 ? length : place + 1, guard.Steps);
    }

    [Theory]
    [MemberData(nameof(Places))]
    public void A_sequence_is_found_where_it_begins_in_one_slice_and_ends_in_the_next(int length, int place)
    {
        var guard = new ReadingGuard();
        var isWhole = place >= 0 && place + 1 < length;

        Assert.Equal(isWhole ? place : -1, Text(length, place, "xy").IndexOf("xy", guard));

        Assert.InRange(guard.Steps, isWhole ? place + 1 : Math.Max(0, length - 2), isWhole ? place + 1 : length + 2);
    }

    [Theory]
    [MemberData(nameof(Places))]
    public void The_last_occurrence_of_a_sequence_is_found(int length, int place)
    {
        var guard = new ReadingGuard();
        var isWhole = place >= 0 && place + 1 < length;

        Assert.Equal(isWhole ? place : -1, Text(length, place, "xy").LastIndexOf("xy", guard));

        var looked = isWhole ? length - 1 - place : Math.Max(0, length - 1);
        Assert.Equal(looked, guard.Steps);
    }

    [Fact]
    public void Of_several_occurrences_the_first_or_the_last_is_found()
    {
        ReadOnlySpan<char> text = "xy" + new string('a', Slice) + "xyxy" + new string('a', 2 * Slice);

        Assert.Equal(0, text.IndexOf("xy", new ReadingGuard()));
        Assert.Equal(Slice + 4, text.LastIndexOf("xy", new ReadingGuard()));
        Assert.Equal(3, text.Count('x', new ReadingGuard()));
    }

    [Theory]
    [MemberData(nameof(Places))]
    public void Values_are_counted(int length, int place)
    {
        var guard = new ReadingGuard();

        Assert.Equal(place < 0 ? 0 : 1, Text(length, place, "x").Count('x', guard));
        Assert.Equal(length, guard.Steps);
    }

    [Theory]
    [MemberData(nameof(Places))]
    public void Values_at_the_beginning_and_the_end_are_removed(int length, int place)
    {
        var text = Text(length, place, "a", fill: 'x');
        var guard = new ReadingGuard();

        Assert.Equal(place < 0 ? "" : text[place..].ToString(), text.TrimStart(s_x, new ReadingGuard()).ToString());
        Assert.Equal(place < 0 ? "" : text[..(place + 1)].ToString(), text.TrimEnd(s_x, guard).ToString());
        Assert.Equal(place < 0 ? "" : "a", text.Trim(s_x, new ReadingGuard()).ToString());
        Assert.InRange(guard.Steps, length - Math.Max(0, place) - 1, length - Math.Max(0, place) + 1);
    }

    /// <summary>A text of one character but for what is at a place; -1 = it is nowhere.</summary>
    private static ReadOnlySpan<char> Text(int length, int place, string what, char fill = 'a')
    {
        var text = new string(fill, length).ToCharArray();
        if (place >= 0)
        {
            what.AsSpan(0, Math.Min(what.Length, length - place)).CopyTo(text.AsSpan(place));
        }

        return text;
    }
}
