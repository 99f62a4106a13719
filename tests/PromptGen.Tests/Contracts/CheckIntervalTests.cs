using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;
using PromptGen.Contracts;
using PromptGen.Streaming;

namespace PromptGen.Tests.Contracts;

/// <summary>Token and deadline are checked at least once per 64 kB of work, in readings that the families of hostile answers do not cause.</summary>
public sealed class CheckIntervalTests
{
    private const int Length = 300_000;

    /// <summary>The fewest checks of one pass.</summary>
    private const int Pass = Length / ReadingGuard.Interval;

    private static readonly string s_items = $"[{string.Join(',', Enumerable.Range(1_000_000, Length / 8).Select(static i => i.ToString(CultureInfo.InvariantCulture)))}]";

    private static readonly string s_members = $"{{{string.Join(',', Enumerable.Range(100_000, Length / 16).Select(static i => $"\"{i}\":\"abcd\""))}}}";

    [Fact]
    public void A_text_is_read_in_slices() =>
        AssertChecked(Pass, NoteContract.Instance, $"{{'title':'a','stars':1,'tags':['{new string('x', Length)}']}}");

    [Fact]
    public void Items_are_read_in_slices() =>
        AssertChecked(Pass, NoteContract.Instance, $$"""{"title":"a","stars":1,"tags":[{{string.Join(',', Enumerable.Repeat("\"abc\"", Length / 6))}}]}""");

    [Fact]
    public void A_member_that_is_skipped_is_read_in_slices() =>
        AssertChecked(Pass, NoteContract.Instance, $$"""{"title":"a","stars":1,"tags":[],"more":{{s_members}}}""");

    [Fact]
    public void Items_are_compared_in_slices() =>
        AssertChecked(3 * Pass, static (ref reader) => reader.CheckUnique("different items"), s_items);

    [Fact]
    public void A_value_is_compared_with_a_constant_in_slices()
    {
        var constant = Encoding.UTF8.GetBytes(s_members);
        AssertChecked(3 * Pass, (ref reader) => Assert.True(reader.IsValue(constant)), s_members);
    }

    [Fact]
    public void A_member_is_searched_in_slices() =>
        AssertChecked(2 * Pass, static (ref reader) => Assert.False(reader.HasMember("x"u8)), s_members);

    [Fact]
    public void A_tag_is_searched_in_slices() =>
        AssertChecked(2 * Pass, static (ref reader) => Assert.False(reader.LookFor("x"u8).IsObject), s_members);

    [Fact]
    public void A_value_that_several_schemas_read_is_read_in_slices_each_time() => AssertChecked(3 * Pass, Try, s_items);

    [Fact]
    public void Any_JSON_is_searched_for_duplicates_in_slices() =>
        AssertChecked(2 * Pass, new ValueContract<JsonElement>(static (ref reader) => reader.JsonElement("JSON")), s_members);

    [Fact]
    public void Escapes_are_checked_in_slices() =>
        AssertChecked(Pass, new ValueContract<string>(static (ref reader) => reader.String("a text")), $"\"{new StringBuilder().Insert(0, "\\u0041", Length / 6)}\"");

    [Fact]
    public void Elements_of_a_stream_are_searched_in_slices()
    {
        AssertChecked(new ElementItems<Note>(NoteContract.Instance), $"[\"{new string('x', Length)}");
        AssertChecked(new ElementItems<Note>(NoteContract.Instance), $"[1{new string('1', Length)}");
        AssertChecked(new ElementItems<Note>(NoteContract.Instance), new string('x', Length));
    }

    [Fact]
    public void Members_of_a_stream_are_searched_in_slices()
    {
        AssertChecked(Snapshots(), $"{{\"title\":\"{new string('x', Length)}");
        AssertChecked(Snapshots(), $"{{\"title\":[{new string(' ', Length)}");
        AssertChecked(Snapshots(), $"{{\"title\":1{new string('1', Length)}");
        AssertChecked(Snapshots(), new string('x', Length));

        static SnapshotItems<Note> Snapshots() => new(NoteContract.Instance, ["title", "stars", "tags"]);
    }

    private static void Try(ref ContractReader reader)
    {
        var mark = reader.Mark();
        for (var i = 0; i < 2; i++)
        {
            reader.Try(in mark);
            reader.StartArray("an array");
            while (reader.NextItem())
            {
                reader.Int32("an integer");
            }

            Assert.True(reader.Held(in mark));
        }
    }

    private static void AssertChecked(long least, Look look, string answer) =>
        AssertChecked(
            least,
            new ValueContract<int>((ref reader) =>
            {
                look(ref reader);
                reader.Pass();
                return 1;
            }),
            answer);

    private static void AssertChecked<T>(long least, PromptContract<T> contract, string answer) =>
        CheckClock.AssertChecked(least, guard => Assert.Equal(PromptErrorCode.None, contract.ReadElement(answer, Tolerance.Lenient, guard).Code), new ReadingGuard());

    private static void AssertChecked<T>(ItemReader<T> items, string text)
    {
        items.Begin();
        items.Add(new ChatResponseUpdate(ChatRole.Assistant, text));
        CheckClock.AssertChecked(
            Pass,
            _ =>
            {
                while (items.MoveNext())
                {
                }
            },
            items.Guard!);
    }

    private delegate void Look(ref ContractReader reader);
}
