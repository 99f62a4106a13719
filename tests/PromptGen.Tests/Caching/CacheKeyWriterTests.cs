using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.AI;
using PromptGen.Caching;

namespace PromptGen.Tests.Caching;

/// <summary>Equal values have one key, others another.</summary>
public sealed class CacheKeyWriterTests
{
    [Fact]
    public void The_key_is_the_prompt_and_a_digest_that_is_the_same_in_every_process() =>
        Assert.Equal("Desk.Ask:124oDP43DGExOTJA7+LZ1LjBDJy39fpZ", KeyOf(static key => key.Text("a")));

    [Fact]
    public void Lists_of_texts_have_one_key_where_they_are_equal() => Prop.ForAll(
        ArbMap.Default.ArbFor<string?[][]>(),
        ArbMap.Default.ArbFor<string?[][]>(),
        static (left, right) => (Write(left) == Write(right)) == left.Select(Joined).SequenceEqual(right.Select(Joined))).Check(Config.QuickThrowOnFailure);

    [Fact]
    public void The_order_of_a_map_means_nothing() => Prop.ForAll(
        ArbMap.Default.ArbFor<Dictionary<int, string?>>(),
        static entries => KeyOf(key => Map(key, entries)) == KeyOf(key => Map(key, entries.Reverse()))).Check(Config.QuickThrowOnFailure);

    [Fact]
    public void Values_that_look_alike_differ()
    {
        string[] keys =
        [
            KeyOf(static key => key.Text("1")), KeyOf(static key => key.Value(1)), KeyOf(static key => key.Text(null)), KeyOf(static key => key.Text("")), KeyOf(static key => key.Name("1")),
            KeyOf(static key => key.Bytes([1])), KeyOf(static key => key.Bytes((byte[]?)[])), KeyOf(static key => key.Bytes((ReadOnlyMemory<byte>?)new byte[] { 2 })),
            KeyOf(static key => key.Content(new DataContent(new byte[] { 1 }, "image/png"))), KeyOf(static key => key.Content(new DataContent(new byte[] { 1 }, "image/gif"))),
            KeyOf(static key => key.Content(new UriContent("https://a/b", "image/png"))), KeyOf(static key => key.Content(new UriContent("https://a/c", "image/png"))),
            KeyOf(static key => key.Boolean(true)), KeyOf(static key => key.Boolean(false)), KeyOf(static key => key.Enum(DayOfWeek.Monday)), KeyOf(static key => key.Enum((DayOfWeek?)DayOfWeek.Friday)),
            KeyOf(static key => key.Value(new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc))), KeyOf(static key => key.Value(new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Unspecified))),
            KeyOf(static key => key.Value(new TimeOnly(1, 2, 3))), KeyOf(static key => key.Value(new TimeOnly(1, 2, 4))), KeyOf(static key => key.Value(0.1)), KeyOf(static key => key.Value(0.1f + 0.2)),
            KeyOf(static key => key.Array(new[] { "a", "b" }, static (key, item) => key.Text(item))), KeyOf(static key => key.Array(new[] { "ab" }, static (key, item) => key.Text(item))),
            KeyOf(static key => { key.StartObject(); key.EndObject(); }), KeyOf(static key => key.Text(new string('x', 100_000))), KeyOf(static key => key.Text("\ud800")), KeyOf(static key => key.Text("\ud801")), KeyOf(static key => key.Text("\ufffd")),
        ];

        Assert.Equal(keys.Length, keys.Distinct().Count());
        Assert.Equal(KeyOf(static key => key.Value(5)), KeyOf(static key => key.Value((int?)5)));
    }

    [Fact]
    public void An_enum_is_its_name_and_one_without_a_value_is_null()
    {
        Assert.True(((Long)3).ToString().Length > 128);
        Assert.Equal(KeyOf(static key => key.Text("Monday")), KeyOf(static key => key.Enum((DayOfWeek?)DayOfWeek.Monday)));
        Assert.Equal(KeyOf(static key => key.Text("7")), KeyOf(static key => key.Enum((DayOfWeek)7)));
        Assert.Equal(KeyOf(static key => key.Text(((Long)3).ToString())), KeyOf(static key => key.Enum((Long)3)));
        Assert.Equal(KeyOf(static key => key.Null()), KeyOf(static key => key.Enum(default(DayOfWeek?))));
    }

    [Fact]
    public void A_list_that_was_never_made_is_null() =>
        Assert.Equal(KeyOf(static key => key.Null()), KeyOf(static key => key.Array(default(System.Collections.Immutable.ImmutableArray<string>), static (key, item) => key.Text(item))));

    [Fact]
    public void A_value_that_contains_itself_is_a_mistake_of_the_program()
    {
        var error = Assert.Throws<PromptException>(() => KeyOf(Nest));

        Assert.Equal(PromptErrorCode.Configuration, error.Code);

        static void Nest(CacheKeyWriter key)
        {
            key.StartObject();
            Nest(key);
        }
    }

    private static void Map(CacheKeyWriter key, IEnumerable<KeyValuePair<int, string?>> entries) =>
        key.Map(entries, static (key, name) => key.Value(name), static (key, value) => key.Text(value));

    private static string Write(string?[][] lists) => KeyOf(key =>
    {
        foreach (var list in lists)
        {
            key.Array(list, static (key, text) => key.Text(text));
        }
    });

    private static string Joined(string?[] list) => string.Join('\u0001', list.Select(static text => text is null ? "null" : "." + text));

    private static string KeyOf(Action<CacheKeyWriter> write)
    {
        var key = CacheKeyWriter.Rent();
        write(key);
        return key.Finish("Desk.Ask");
    }

    /// <summary>Names so long that together they do not fit into the buffer of a key.</summary>
    [Flags]
    private enum Long
    {
        None,
        TheFirstOfTwoNamesThatAreSoLongThatBothOfThemTogetherDoNotFitIntoABufferOf128Characters = 1,
        TheSecondOfTwoNamesThatAreSoLongThatBothOfThemTogetherDoNotFitIntoABufferOf128Characters = 2,
    }
}
