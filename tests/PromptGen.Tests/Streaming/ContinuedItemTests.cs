using System.Text;
using Microsoft.Extensions.AI;
using PromptGen.Streaming;
using PromptGen.Tests.Contracts;
using PromptGen.Tests.Execution;

namespace PromptGen.Tests.Streaming;

/// <summary>An answer that continues delivered items: what it repeats of them makes no items, and one that differs from them is rejected.</summary>
public sealed class ContinuedItemTests
{
    private const string Delivered = "When a provider fails, a good route asks";

    /// <summary>Letters that take one, two and three UTF-8 bytes, a surrogate pair and a letter with a combining mark.</summary>
    private static readonly string[] Letters = ["a", "b", "k", "é", "ß", "ж", "7", "\U0001D504", "o\u0308"];

    [Theory]
    [InlineData(" another model.")]
    [InlineData(Delivered + " another model.")]
    [InlineData("asks another model.")]
    [InlineData(" route asks another model.")]
    [InlineData("\na good route asks another model.")]
    [InlineData("d route asks another model.")]
    public void What_an_answer_repeats_is_dropped(string answer)
    {
        foreach (var size in new[] { 1, 2, 7, 1_000 })
        {
            var (text, reader) = Continue(Delivered, Pieces(answer, size));

            Assert.Equal(PromptErrorCode.None, reader.Code);
            Assert.Equal(" another model.", text);
            Assert.Equal(Delivered + " another model.", reader.Text);
        }
    }

    [Fact]
    public void White_space_before_what_was_delivered_does_not_count()
    {
        var (text, reader) = Continue("\n  " + Delivered, [Delivered + " another model."]);

        Assert.Equal((PromptErrorCode.None, " another model."), (reader.Code, text));
    }

    [Theory]
    [InlineData("It is meant for", " formal letters.", " formal letters.")]
    [InlineData("I know", " now.", " now.")]
    [InlineData("I said that", " that is so.", " that is so.")]
    [InlineData("He told me to", " today.", " today.")]
    [InlineData("Hel", "lo", "lo")]
    [InlineData("An e", "el swims.", "el swims.")]
    [InlineData("{ a }\n", "}\n", "}\n")]
    [InlineData("|---|", "---|\n", "---|\n")]
    [InlineData("The cat sat. ", "The dog ran.", "The dog ran.")]
    public void What_is_the_same_by_chance_is_kept(string delivered, string answer, string expected)
    {
        var (text, reader) = Continue(delivered, [answer]);

        Assert.Equal((PromptErrorCode.None, expected), (reader.Code, text));
    }

    [Theory]
    [InlineData("the wor", "world is round.", "ld is round.")]
    [InlineData("これは日本語の文章を", "日本語の文章を続ける", "続ける")]
    [InlineData("人", "々", "々")]
    [InlineData("これは日", "日常です", "日常です")]
    public void A_word_that_was_cut_may_be_begun_again(string delivered, string answer, string expected) =>
        Assert.Equal(expected, Continue("First: " + delivered, [answer]).Text);

    [Theory]
    [InlineData("When a provider fails, a bad route waits.")]
    [InlineData("When a provider fails")]
    [InlineData("\nWhen a provider fails, a good route, though, asks another model.")]
    public void An_answer_that_begins_again_and_differs_is_rejected(string answer)
    {
        var (text, reader) = Continue(Delivered, Pieces(answer, 3));

        Assert.Equal((PromptErrorCode.NotAccepted, true, ""), (reader.Code, reader.HasDiverged, text));
        Assert.Equal(Delivered, reader.Text);
    }

    [Fact]
    public void An_answer_that_gives_the_same_text_completes_it()
    {
        var (text, reader) = Continue(Delivered, [Delivered]);

        Assert.Equal((PromptErrorCode.None, ""), (reader.Code, text));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n")]
    public void An_answer_without_text_completes_nothing(string answer) => Assert.Equal(PromptErrorCode.EmptyOutput, Continue(Delivered, [answer]).Reader.Code);

    [Fact]
    public void Half_of_a_pair_that_was_not_handed_over_is_not_delivered()
    {
        var reader = Begun(new TextItems());
        Read(reader, ["Smile \uD83D"], ends: false);

        Assert.Equal("Smile ", reader.ContinuationBehind(1).Delivered);
        reader.Continue(1);
        Assert.Equal("😀!", string.Concat(Read(reader, ["\uD83D", "\uDE00!"])));
        Assert.Equal("Smile 😀!", reader.Text);
    }

    /// <summary>Any text, cut anywhere, continued by a model that begins again, repeats its end from any word on, or goes on exactly: the whole comes out once, in whole characters.</summary>
    [Fact]
    public void The_whole_text_comes_out_once_however_it_is_continued()
    {
        var random = new Random(20_261_129);
        for (var i = 0; i < 3_000; i++)
        {
            var (whole, words) = Draw(random);
            var cut = random.Next(2, whole.Length);
            var reader = Begun(new TextItems());
            var first = Read(reader, Pieces(whole[..cut], random.Next(1, 9)), ends: false);
            var delivered = string.Concat(first);
            var rest = whole[delivered.Length..];
            var repeated = words.LastOrDefault(start => start < delivered.Length && delivered.Length - start >= 12);
            var answer = random.Next(3) switch
            {
                0 => whole,
                1 when repeated > 0 => whole[repeated..],
                _ => rest,
            };

            reader.Continue(first.Count);
            var second = Read(reader, Pieces(answer, random.Next(1, 9)));

            Assert.True(reader.Code == PromptErrorCode.None, $"{reader.Code}: '{delivered}' continued by '{answer}'");
            Assert.Equal(whole, delivered + string.Concat(second));
            Assert.All(first.Concat(second), static piece => Assert.Equal(piece, Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(piece))));
        }
    }

    [Theory]
    [InlineData("""{"value":[4,5]}""", "4 5")]
    [InlineData("""{"value":[3,1,2,4,5]}""", "4 5")]
    [InlineData("[3.0, 1, 2, 4]", "4")]
    [InlineData("""{"value":[3,1,2]}""", "")]
    [InlineData("""{"value":[]}""", "")]
    [InlineData("[2, 4]", "2 4")]
    public void Elements_that_are_repeated_from_the_first_one_on_are_dropped(string answer, string expected)
    {
        var reader = Elements("""{"value":[3,1,2,""");

        var items = Read(reader, Pieces(answer, 1));

        Assert.Equal((PromptErrorCode.None, expected), (reader.Code, string.Join(' ', items)));
    }

    [Theory]
    [InlineData("[3,1,4]")]
    [InlineData("[3,1]")]
    [InlineData("[3]")]
    public void Elements_that_begin_again_and_differ_are_rejected(string answer)
    {
        var reader = Elements("""{"value":[3,1,2,""");

        Assert.Empty(Read(reader, Pieces(answer, 1)));

        Assert.Equal((PromptErrorCode.NotAccepted, true), (reader.Code, reader.HasDiverged));
    }

    [Theory]
    [InlineData("""[{"tags":[],"stars":2.0,"title":"b"},{"title":"c","stars":3,"tags":[]}]""")]
    [InlineData("""[{"title":"c","stars":3,"tags":[]}]""")]
    [InlineData("""{"value":[{"title":"a","stars":1,"tags":["x"]},{"title":"\u0062","stars":2,"tags":[]},{"title":"c","stars":3,"tags":[]}]}""")]
    public void Objects_that_are_repeated_are_dropped_by_value(string answer)
    {
        var reader = Begun(new ElementItems<Note>(NoteContract.Instance, canContinue: true));
        Read(reader, ["""{"value":[{"title":"a","stars":1,"tags":["x"]},{"title":"b","stars":2,"tags":[]},{"ti"""], ends: false);

        Assert.Equal("""{"value":[{"title":"a","stars":1,"tags":["x"]},{"title":"b","stars":2,"tags":[]}]}""", reader.ContinuationBehind(2).Delivered);
        reader.Continue(2);

        Assert.Equal("c", Assert.Single(Read(reader, Pieces(answer, 5))).Title);
        Assert.Equal(PromptErrorCode.None, reader.Code);
    }

    [Fact]
    public void What_breaks_the_contract_has_its_place_in_its_own_answer()
    {
        var reader = Elements("[3,1,2,");

        Assert.Equal([5], Read(reader, ["[3,1,2,5,7000]"]));

        Assert.Equal(PromptErrorCode.SchemaMismatch, reader.Code);
        Assert.Equal("/4", Assert.Single(reader.Violations).Pointer);
        Assert.Equal("[3,1,2,\n[3,1,2,5,7000]", reader.Text);
    }

    [Fact]
    public void An_answer_none_of_whose_elements_was_handed_over_is_forgotten()
    {
        var reader = Elements("[3,1,2,");
        Assert.Equal([4], Read(reader, ["[4,"], ends: false));

        Assert.Equal("""{"value":[3,1,2]}""", reader.ContinuationBehind(3).Delivered);
        reader.Continue(3);
        Assert.Equal([5], Read(reader, ["[3,1,2,5]"]));
        Assert.Equal("[3,1,2,\n[3,1,2,5]", reader.Text);
    }

    [Fact]
    public void An_answer_that_broke_its_contract_does_not_end_the_next_one()
    {
        var reader = Elements("[3,1,2,");
        Read(reader, ["[3,1,2,7000]"]);
        Assert.Equal(PromptErrorCode.SchemaMismatch, reader.Code);

        reader.Continue(3);

        Assert.Equal([5], Read(reader, ["[3,1,2,5]"]));
        Assert.Equal(PromptErrorCode.None, reader.Code);
    }

    [Fact]
    public void The_elements_of_a_request_that_is_repeated_are_those_of_its_last_answer()
    {
        var reader = Begun(new ElementItems<int>(StreamSample.Element, canContinue: true));
        Read(reader, ["[5,"], ends: false);
        reader.Begin();
        Read(reader, ["[3,1,"], ends: false);

        Assert.Equal("""{"value":[3,1]}""", reader.ContinuationBehind(2).Delivered);
    }

    [Fact]
    public void A_number_that_happens_to_be_the_first_and_the_last_one_is_no_repetition()
    {
        var reader = Elements("""{"value":[3,1,3,""");

        Assert.Equal([3, 4], Read(reader, ["[3,4]"]));
        Assert.Equal(PromptErrorCode.None, reader.Code);
    }

    [Fact]
    public void The_request_for_the_rest_says_what_is_left_and_how_it_is_written()
    {
        Assert.Equal(
            "Your answer was cut off. Continue it exactly where it ends: begin with the very next character, a space or a line break where one is missing, and do not repeat any of it. Write nothing about the interruption.",
            Continuation.OfText("Dear").Request);
        Assert.Equal(
            "Your answer was cut off after 1 element. Answer with the remaining elements in the same form, as a complete JSON value, and do not repeat any of those above. The list is empty where none remains. Write nothing about the interruption.",
            Continuation.OfElements(["1"]).Request);
        Assert.StartsWith("Your answer was cut off after 2 elements. ", Continuation.OfElements(["1", "2"]).Request, StringComparison.Ordinal);
    }

    [Fact]
    public void The_request_for_the_rest_is_counted_with_enough_tokens()
    {
        foreach (var request in new[] { Continuation.OfText("a").Request, Continuation.OfElements(new string[1_000_000]).Request })
        {
            Assert.InRange(PromptGen.Execution.TokenEstimator.Estimate(request), 1, ContinuationTokens.Instruction);
        }
    }

    private static ElementItems<int> Elements(string delivered)
    {
        var reader = Begun(new ElementItems<int>(StreamSample.Element, canContinue: true));
        reader.Continue(Read(reader, [delivered], ends: false).Count);
        return reader;
    }

    private static (string Text, TextItems Reader) Continue(string delivered, IEnumerable<string> answer)
    {
        var reader = Begun(new TextItems());
        reader.Continue(Read(reader, [delivered], ends: false).Count);
        return (string.Concat(Read(reader, answer)), reader);
    }

    private static TextItems Begun(TextItems reader)
    {
        reader.Begin();
        return reader;
    }

    private static ElementItems<T> Begun<T>(ElementItems<T> reader)
    {
        reader.Begin();
        return reader;
    }

    private static List<T> Read<T>(ItemReader<T> reader, IEnumerable<string> pieces, bool ends = true)
    {
        var items = new List<T>();
        foreach (var piece in pieces)
        {
            reader.Add(new ChatResponseUpdate(ChatRole.Assistant, piece));
            Take();
        }

        if (ends && reader.Code == PromptErrorCode.None)
        {
            reader.End();
            Take();
        }

        return items;

        void Take()
        {
            while (reader.Code == PromptErrorCode.None && reader.MoveNext())
            {
                items.Add(reader.Current);
            }
        }
    }

    private static IEnumerable<string> Pieces(string text, int size) => text.Chunk(size).Select(static piece => new string(piece));

    /// <returns>Words of which no two begin alike and none begins with the same twice, and where each word begins.</returns>
    private static (string Text, List<int> Words) Draw(Random random)
    {
        var text = new StringBuilder();
        var words = new List<int>();
        for (var word = 0; word < random.Next(2, 12); word++)
        {
            words.Add(text.Length);
            text.Append((char)('A' + word)).Append(word % 10).Append(Letters[random.Next(Letters.Length)]).Append((char)('p' + random.Next(8)));
            for (var letters = random.Next(0, 8); letters > 0; letters--)
            {
                text.Append(Letters[random.Next(Letters.Length)]);
            }

            text.Append(random.Next(5) == 0 ? ".\n\n" : " ");
        }

        return (text.Append("End.").ToString(), words);
    }
}
