using System.Globalization;
using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.AI;
using PromptGen.Chat;
using PromptGen.Contracts;
using PromptGen.Streaming;
using PromptGen.Tests.Contracts;
using PromptGen.Tests.Execution;

namespace PromptGen.Tests.Streaming;

/// <summary>Updates become items: pieces of text, elements, snapshots.</summary>
public sealed class ItemTests
{
    private static readonly string[] Names = ["title", "stars", "tags"];

    [Fact]
    public void Text_comes_as_it_is_and_keeps_pairs_together()
    {
        var items = Read(new TextItems(), ["\n ", "a", "", "b\uD83D", "\uDE00c", "\uD83D"]);

        Assert.Equal(["\n a", "b", "😀c", "\uD83D"], items);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n")]
    public void Text_without_a_visible_character_is_none(string text)
    {
        var reader = new TextItems();

        Assert.Empty(Read(reader, [text]));
        Assert.Equal(PromptErrorCode.EmptyOutput, reader.Code);
    }

    [Fact]
    public void A_broken_element_is_reported_with_pointers_into_the_answer()
    {
        var reader = new ElementItems<Note>(NoteContract.Instance);

        var items = Read(reader, ["""{"value":[{"title":"a","stars":1,"tags":[]},""", """{"title":"b","stars":9,"tags":["x",2]},{}]}"""]);

        Assert.Equal("a", Assert.Single(items).Title);
        Assert.Equal(PromptErrorCode.SchemaMismatch, reader.Code);
        Assert.Equal(["/value/1/stars", "/value/1/tags/1"], reader.Violations.Select(violation => violation.Pointer));
    }

    [Theory]
    [InlineData(Tolerance.Exact, 1, "")]
    [InlineData(Tolerance.Lenient, 2, "TrailingComma NumberText")]
    [InlineData(Tolerance.Salvage, 3, "TrailingComma NumberText Rounded")]
    public void Elements_are_read_as_the_prompts_tolerance_says(Tolerance tolerance, int count, string rungs)
    {
        var reader = new ElementItems<Note>(NoteContract.Instance, tolerance);

        var items = Read(reader, ["""{"value":[{"title":"a","stars":1,"tags":[]},""", """{"title":"b","stars":"2","tags":["x",]},{"title":"b","stars":2.6,"tags":[]}]}"""]);

        Assert.Equal(Enumerable.Range(1, count), items.Select(item => item.Stars));
        Assert.Equal(rungs, string.Join(' ', reader.Rungs));
    }

    [Fact]
    public void What_was_overlooked_around_the_elements_comes_before_what_was_overlooked_in_them_and_belongs_to_one_answer()
    {
        var reader = new ElementItems<Note>(NoteContract.Instance);
        Read(reader, ["""The notes: {"value":[{"title":"a","stars":"1","tags":[]}]}"""]);
        Assert.Equal("Prose NumberText", string.Join(' ', reader.Rungs));

        Read(reader, ["""{"value":[{"title":"a","stars":1,"tags":[]}]}"""]);
        Assert.Empty(reader.Rungs);
    }

    [Fact]
    public void What_breaks_the_array_is_reported_before_the_answer_ends()
    {
        var reader = new ElementItems<int>(StreamSample.Element);
        reader.Begin();
        reader.Add(new ChatResponseUpdate(ChatRole.Assistant, "[3 4"));

        Assert.True(reader.MoveNext());
        Assert.False(reader.MoveNext());
        Assert.Equal(PromptErrorCode.InvalidJson, reader.Code);
    }

    [Fact]
    public void An_array_that_is_cut_off_is_reported_when_the_answer_ends()
    {
        var reader = new ElementItems<int>(StreamSample.Element);
        reader.Begin();
        reader.Add(new ChatResponseUpdate(ChatRole.Assistant, "[3,"));
        Assert.True(reader.MoveNext());

        reader.End();

        Assert.Equal(PromptErrorCode.Truncated, reader.Code);
    }

    [Theory]
    [InlineData(Tolerance.Exact, PromptErrorCode.InvalidJson, "")]
    [InlineData(Tolerance.Lenient, PromptErrorCode.None, "TrailingComma")]
    public void The_whole_object_is_read_as_the_prompts_tolerance_says(Tolerance tolerance, PromptErrorCode code, string rungs)
    {
        var reader = new SnapshotItems<Note>(NoteContract.Instance, Names, tolerance);

        Read(reader, ["""{"title":"a","stars":3,"tags":["x",]}"""]);

        Assert.Equal((code, rungs), (reader.Code, string.Join(' ', reader.Rungs)));
    }

    [Theory]
    [InlineData("[tru]")]
    [InlineData("[1.]")]
    [InlineData("[{]]")]
    [InlineData("[\"\\x\"]")]
    [InlineData("[{} {}]")]
    public void An_element_that_is_no_JSON_is_reported(string text)
    {
        var reader = new ElementItems<string>(new ValueContract<string>(static (ref ContractReader reader) => reader.Mismatch<string>("nothing")));

        Assert.Empty(Read(reader, [text]));
        Assert.True(reader.Code is PromptErrorCode.InvalidJson or PromptErrorCode.Truncated or PromptErrorCode.SchemaMismatch, reader.Code.ToString());
    }

    [Fact]
    public void What_an_elements_own_constructor_throws_is_a_violation()
    {
        var reader = new ElementItems<int>(new ValueContract<int>(static (ref ContractReader _) => throw new NotSupportedException("secret")));

        Assert.Empty(Read(reader, ["[1]"]));
        Assert.Equal(PromptErrorCode.SchemaMismatch, reader.Code);
        Assert.DoesNotContain("secret", reader.Violations[0].ToString() + reader.Violations[0].Actual, StringComparison.Ordinal);
    }

    [Fact]
    public void Updates_come_as_they_are_once_one_of_them_holds_an_answer()
    {
        ChatResponseUpdate role = new(ChatRole.Assistant, []);
        ChatResponseUpdate thought = new(ChatRole.Assistant, [new TextReasoningContent("Hm")]);
        ChatResponseUpdate call = new(ChatRole.Assistant, [new FunctionCallContent("1", "find")]);
        ChatResponseUpdate end = new(ChatRole.Assistant, []) { FinishReason = ChatFinishReason.ToolCalls };
        var reader = new ChatUpdates();
        reader.Begin();

        reader.Add(role);
        reader.Add(thought);
        Assert.False(reader.MoveNext());
        reader.Add(call);
        reader.Add(end);
        reader.End();

        foreach (var update in new[] { role, thought, call, end })
        {
            Assert.True(reader.MoveNext());
            Assert.Same(update, reader.Current);
        }

        Assert.False(reader.MoveNext());
        Assert.Equal(PromptErrorCode.None, reader.Code);
    }

    [Fact]
    public void Updates_without_an_answer_are_none()
    {
        var reader = new ChatUpdates();
        reader.Begin();
        reader.Add(new ChatResponseUpdate(ChatRole.Assistant, [new TextReasoningContent("Hm")]));

        reader.End();

        Assert.False(reader.MoveNext());
        Assert.Equal(PromptErrorCode.EmptyOutput, reader.Code);
    }

    [Fact]
    public void An_answer_beyond_the_limit_is_rejected()
    {
        var reader = new TextItems();
        reader.Begin();

        reader.Add(new ChatResponseUpdate(ChatRole.Assistant, new string('x', ContractLimits.AnswerLength + 1)));

        Assert.Equal(PromptErrorCode.OutputTooLarge, reader.Code);
        Assert.False(reader.MoveNext());
    }

    [Fact]
    public void A_second_answer_begins_anew()
    {
        var reader = new ElementItems<int>(new ValueContract<int>(static (ref ContractReader reader) => reader.Int32("an integer")));
        reader.Begin();
        reader.Add(new ChatResponseUpdate(ChatRole.Assistant, "[true"));
        reader.End();

        Assert.Equal([1, 2], Read(reader, ["[1,2]"]));
        Assert.Equal("[1,2]", reader.Text);
    }

    [Fact]
    public void Snapshots_show_each_member_as_it_grows()
    {
        var reader = new SnapshotItems<Note>(NoteContract.Instance, Names);

        var items = Read(reader, ["{\"ti", "tle\": \"Ca", "f\\u00", "e9\"", ", \"stars\": 3", ", \"tags\": [\"a\", {", "}", "]}"], end: false);

        Assert.Equal(
            [
                "title Partial 'Ca', stars Pending '', tags Pending ''",
                "title Partial 'Caf', stars Pending '', tags Pending ''",
                "title Done 'Café', stars Pending '', tags Pending ''",
                "title Done 'Café', stars Partial '3', tags Pending ''",
                "title Done 'Café', stars Done '3', tags Partial '[\"a\", {'",
                "title Done 'Café', stars Done '3', tags Partial '[\"a\", {}'",
                "title Done 'Café', stars Done '3', tags Done '[\"a\", {}]'",
            ],
            items.Select(Line));
        Assert.All(items, item => Assert.False(item.IsComplete));
        Assert.Same(items[3]["title"], items[4]["title"]);
        Assert.Throws<KeyNotFoundException>(() => items[0]["Title"]);
    }

    [Fact]
    public void The_last_snapshot_has_the_value_of_the_whole_contract()
    {
        var reader = new SnapshotItems<Note>(NoteContract.Instance, Names);

        var items = Read(reader, ["Here: {\"title\":\"a\",", "\"stars\":3,\"tags\":[]}"]);

        Assert.Equal([false, false, true], items.Select(item => item.IsComplete));
        Assert.Equal(3, items[^1].Value!.Stars);
        Assert.All(items[^1].Members, member => Assert.Equal(SnapshotState.Done, member.State));
        Assert.Equal(["Prose"], reader.Rungs);
    }

    [Fact]
    public void A_whole_that_breaks_its_contract_has_no_last_snapshot()
    {
        var reader = new SnapshotItems<Note>(NoteContract.Instance, Names);

        Assert.Single(Read(reader, ["""{"title":"a","stars":9,"tags":[]}"""]));
        Assert.Equal(PromptErrorCode.SchemaMismatch, reader.Code);
        Assert.Equal("/stars", Assert.Single(reader.Violations).Pointer);
    }

    [Fact]
    public void Any_chunking_of_an_object_ends_in_the_same_snapshot()
    {
        var texts = Gen.Elements("", "a", "é😀", "\"\\\n", "x\u0001y", "\uD83D\uDE00\uD83D\uDE00").ListOf(3).Select(parts => string.Concat(parts));
        var gen =
            from title in texts
            from tag in texts
            from cuts in Gen.Choose(1, 5).ListOf(5)
            select (Title: title, Json: JsonSerializer.Serialize(new { title, other = new[] { title }, stars = 3, tags = new[] { tag } }), Tags: JsonSerializer.Serialize(new[] { tag }), Cuts: cuts);

        Prop.ForAll(gen.ToArbitrary(), sample =>
        {
            var reader = new SnapshotItems<Note>(NoteContract.Instance, Names);
            var pieces = sample.Json.Chunk(sample.Cuts[0]).Select(chunk => new string(chunk)).ToArray();

            var last = Read(reader, pieces, end: false)[^1];

            Assert.Equal(sample.Title, last["title"].Text);
            Assert.Equal("3", last["stars"].Text);
            Assert.Equal(sample.Tags, last["tags"].Text);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));
    }

    [Fact]
    public void A_snapshot_stays_what_it_is_while_the_answer_goes_on()
    {
        var reader = new SnapshotItems<Note>(NoteContract.Instance, Names);
        var pieces = Enumerable.Range(0, 5_000).Select(i => (i % 10).ToString(CultureInfo.InvariantCulture)).Prepend("{\"title\":\"").ToArray();

        var items = Read(reader, pieces, end: false);

        for (var i = 0; i < items.Length; i += 499)
        {
            Assert.Equal(string.Concat(pieces.Skip(1).Take(i + 1)), items[i]["title"].Text);
        }
    }

    // Twice the answer may take little more than twice the memory: text that is read or copied again and again would take four times as much.
    [Fact]
    public void Memory_grows_with_the_answer_and_no_faster()
    {
        AssertLinear(static size => new TextItems(), static size => Enumerable.Repeat("x", size), 200_000);
        AssertLinear(
            static size => new ElementItems<int>(new ValueContract<int>(static (ref ContractReader reader) => reader.Int32("an integer"))),
            static size => ("[" + string.Join(',', Enumerable.Repeat("12345", size)) + "]").Chunk(1).Select(chunk => new string(chunk)),
            50_000);
        AssertLinear(
            static size => new ElementItems<string>(new ValueContract<string>(static (ref ContractReader reader) => reader.String("a string"))),
            static size => Enumerable.Repeat("x", size).Prepend("[\"").Append("\"]"),
            200_000);
        AssertLinear(
            static size => new SnapshotItems<Note>(NoteContract.Instance, Names),
            static size => Enumerable.Repeat("x", size).Prepend("{\"title\":\""),
            100_000,
            end: false);
    }

    [Fact]
    public void A_hundred_thousand_elements_and_ten_million_characters_in_one_go_are_read()
    {
        var numbers = new ElementItems<int>(new ValueContract<int>(static (ref ContractReader reader) => reader.Int32("an integer")));
        var text = new ElementItems<string>(new ValueContract<string>(static (ref ContractReader reader) => reader.String("a string")));

        Assert.Equal(Enumerable.Range(0, 100_000), Read(numbers, ["[" + string.Join(',', Enumerable.Range(0, 100_000)) + "]"]));
        Assert.Equal(10_000_000, Assert.Single(Read(text, ["[\"" + new string('x', 10_000_000) + "\"]"])).Length);
    }

    private static void AssertLinear<T>(Func<int, ItemReader<T>> reader, Func<int, IEnumerable<string>> pieces, int size, bool end = true)
    {
        Measure(reader(100), pieces(100), end);
        var once = Measure(reader(size), pieces(size), end);
        var twice = Measure(reader(2 * size), pieces(2 * size), end);

        Assert.True(twice < 2.6 * once, $"{typeof(T).Name}: {once} bytes for {size}, {twice} for twice as much");
    }

    private static long Measure<T>(ItemReader<T> reader, IEnumerable<string> pieces, bool end)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var update = new ChatResponseUpdate();
        reader.Begin();
        foreach (var piece in pieces)
        {
            update.Contents = [new TextContent(piece)];
            reader.Add(update);
            while (reader.MoveNext())
            {
            }
        }

        if (end)
        {
            reader.End();
            while (reader.MoveNext())
            {
            }

            Assert.Equal(PromptErrorCode.None, reader.Code);
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static T[] Read<T>(ItemReader<T> reader, IEnumerable<string> pieces, bool end = true)
    {
        var items = new List<T>();
        reader.Begin();
        foreach (var piece in pieces)
        {
            reader.Add(new ChatResponseUpdate(ChatRole.Assistant, piece));
            Take();
        }

        if (end)
        {
            reader.End();
            Take();
        }

        return [.. items];

        void Take()
        {
            while (reader.MoveNext())
            {
                items.Add(reader.Current);
            }
        }
    }

    private static string Line<T>(PromptSnapshot<T> snapshot) =>
        new StringBuilder().AppendJoin(", ", snapshot.Members.Select(member => $"{member.Name} {member.State} '{member.Text}'")).ToString();
}
