using PromptGen.Contracts;

namespace PromptGen.Tests.Contracts;

/// <summary>What a model and the log receive about a violation: where it is, what is expected, what the answer contains instead.</summary>
public sealed class ViolationTests
{
    private const string Expected = "what is asked for";

    [Fact]
    public void Every_breach_is_reported_in_the_order_of_the_answer()
    {
        var reading = NoteContract.Instance.Read("""{"stars":9,"mood":{"x":[1,2]},"tags":["a",2,"c",4],"stars":3}""");

        Assert.Equal(PromptErrorCode.SchemaMismatch, reading.Code);
        Assert.Equal(
            [
                new("/stars", "an integer from 1 to 5", "9"),
                new("/mood", "no member of this name, only \"title\", \"stars\", \"tags\"", """{"x":[1,2]}"""),
                new("/tags/1", "a string", "2"),
                new("/tags/3", "a string", "4"),
                new("/stars", "the member only once", "the member again"),
                new("/title", "a string of at most 20 characters", "nothing"),
            ],
            reading.Violations);
    }

    [Theory]
    [InlineData("""{"title":"x","stars":1,"tags":[],"title":"y"}""", "/title")]
    [InlineData("""{"title":"x","stars":1,"stars":1,"tags":[]}""", "/stars")]
    [InlineData("""{"tags":[],"title":"x","stars":1,"tags":[]}""", "/tags")]
    [InlineData("""{"title":"x","stars":1,"tags":[],"ti\u0074le":"y"}""", "/title")]
    public void A_member_that_is_duplicated_is_reported_once(string answer, string pointer) =>
        Assert.Equal([new SchemaViolation(pointer, "the member only once", "the member again")], NoteContract.Instance.Read(answer, Tolerance.Exact).Violations);

    [Fact]
    public void A_member_name_may_be_escaped()
    {
        var reading = NoteContract.Instance.Read("""{"ti\u0074le":"x","st\u0061rs":1,"\u0074ags":[]}""");

        Assert.Equal((PromptErrorCode.None, "x", 1), (reading.Code, reading.Value!.Title, reading.Value.Stars));
    }

    [Theory]
    [InlineData("42", "42")]
    [InlineData("null", "null")]
    [InlineData("{\"a\": [1, 2]}", "{\"a\": [1, 2]}")]
    public void A_value_that_is_no_array_is_reported_whole(string tags, string actual) =>
        Assert.Equal(
            [new SchemaViolation("/tags", "an array", actual)],
            NoteContract.Instance.Read($$"""{"title":"x","stars":1,"tags":{{tags}}}""", Tolerance.Exact).Violations);

    [Theory]
    [InlineData("name", "name")]
    [InlineData("", "")]
    [InlineData("a/b", "a~1b")]
    [InlineData("a~b", "a~0b")]
    [InlineData("~", "~0")]
    [InlineData("/", "~1")]
    [InlineData("~1", "~01")]
    [InlineData("größe", "größe")]
    [InlineData("日本", "日本")]
    [InlineData("\\u0061\\/\\u007e", "a~1~0")]
    [InlineData("say \\\"hi\\\"", "say \"hi\"")]
    [InlineData("\\\\", "\\")]
    [InlineData("a\\\\", "a\\")]
    [InlineData("a\\nb", "a\nb")]
    public void A_pointer_escapes_names_as_rfc_6901_has_it(string name, string expected)
    {
        var reading = Value.Read($$"""{"{{name}}":[1]}""", Counts);

        Assert.Equal([new SchemaViolation($"/value/{expected}", "an integer", "[1]")], reading.Violations);
    }

    [Theory]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(1000)]
    public void A_pointer_is_not_cut(int length)
    {
        var name = new string('n', length);

        Assert.Equal($"/value/{name}", Assert.Single(Value.Read($$"""{"{{name}}":"x"}""", Counts).Violations).Pointer);
    }

    [Fact]
    public void A_required_name_is_escaped_as_well()
    {
        var reading = Value.Read("{}", static (ref reader) =>
        {
            reader.StartObject("an object");
            while (reader.NextMember())
            {
                reader.Unknown("\"a/b\"");
            }

            reader.Require(0, 0, "a/b~c", Expected);
            return 0;
        });

        Assert.Equal([new SchemaViolation("/value/a~1b~0c", Expected, "nothing")], reading.Violations);
    }

    [Theory]
    [InlineData(0, "0 items")]
    [InlineData(1, "1 item")]
    [InlineData(2, null)]
    [InlineData(4, null)]
    [InlineData(5, "5 items")]
    public void A_number_of_items_is_within_its_bounds(int count, string? actual)
    {
        var reading = Value.Read($"[{string.Join(",", Enumerable.Repeat("1", count))}]", TwoToFour);

        Assert.Equal(actual is null ? [] : [new SchemaViolation("/value", "2 to 4 items", actual)], reading.Violations);
        Assert.Equal(actual is null ? count : 0, reading.Value);
    }

    [Fact]
    public void Items_that_end_early_are_not_counted() =>
        Assert.Equal(PromptErrorCode.Truncated, new ValueContract<int>(TwoToFour).Read("""{"value":[1""").Code);

    [Theory]
    [InlineData(64, 64)]
    [InlineData(65, 63)]
    [InlineData(300, 63)]
    public void A_snippet_has_at_most_64_characters(int length, int kept)
    {
        foreach (var letter in new[] { "x", "ä", "€" })
        {
            var text = string.Concat(Enumerable.Repeat(letter, length - 2));
            var snippet = Value.Read($"\"{text}\"", static (ref reader) => reader.Int32("")).Violations[0].Actual;

            Assert.Equal($"\"{text}\""[..kept] + (kept < length ? "…" : ""), snippet);
        }
    }

    [Fact]
    public void A_snippet_does_not_cut_a_character_in_half()
    {
        var even = string.Concat(Enumerable.Repeat("😀", 60));

        Assert.Equal("\"" + even[..62] + "…", Snippet($"\"{even}\""));
        Assert.Equal("\"x" + even[..60] + "…", Snippet($"\"x{even}\""));
        Assert.Equal("\"" + new string('x', 62) + "…", Snippet("\"" + new string('x', 63) + even + "\""));
        Assert.Equal("\"" + even[..62] + "\"", Snippet($"\"{even[..62]}\""));

        static string Snippet(string json) => Value.Read(json, static (ref reader) => reader.Int32("")).Violations[0].Actual;
    }

    [Theory]
    [InlineData("""{"title":oops}""", "/title", "oops}")]
    [InlineData("""{"title":"x" "stars":1}""", "", "\"stars\":1}")]
    [InlineData("""{"title":"x","tags":[oops]}""", "/tags", "oops]}")]
    [InlineData("""{"title":"x","tags":["a" "b"]}""", "/tags", "\"b\"]}")]
    [InlineData("""{"title":"x","mood":{"a":{"b":oops}}}""", "/mood", "oops}}}")]
    public void Broken_json_is_reported_where_it_breaks(string answer, string pointer, string actual)
    {
        var reading = NoteContract.Instance.Read(answer);

        Assert.Equal(PromptErrorCode.InvalidJson, reading.Code);
        Assert.Equal(new SchemaViolation(pointer, "valid JSON from here on", actual), reading.Violations[^1]);
    }

    [Theory]
    [InlineData(63, PromptErrorCode.SchemaMismatch)]
    [InlineData(64, PromptErrorCode.InvalidJson)]
    public void Sixty_four_levels_are_read_and_no_more(int arrays, PromptErrorCode code)
    {
        var reading = NoteContract.Instance.Read($$"""{"deep":{{new string('[', arrays)}}{{new string(']', arrays)}}}""");

        Assert.Equal(code, reading.Code);
        Assert.Equal(code == PromptErrorCode.InvalidJson, reading.Violations[0].Expected == "JSON that is nested at most 64 levels deep");
    }

    [Fact]
    public void What_the_type_itself_refuses_is_reported_with_its_reason()
    {
        var reading = Value.Read<int>("7", static (ref reader) => throw new ArgumentException($"{reader.Int32("")} is taken"));

        Assert.Equal(PromptErrorCode.SchemaMismatch, reading.Code);
        Assert.Equal([new SchemaViolation("", "a value that the type accepts (7 is taken)", """{"value":7}""")], reading.Violations);
    }

    [Fact]
    public void A_violation_in_one_line_leaves_the_answer_out()
    {
        Assert.Equal("/a/0: expected a string", new SchemaViolation("/a/0", "a string", "secret").ToString());
        Assert.Equal("(root): expected an object", new SchemaViolation("", "an object", "secret").ToString());
    }

    private static int Counts(ref ContractReader reader)
    {
        var sum = 0;
        if (reader.StartObject("an object"))
        {
            while (reader.NextMember())
            {
                sum += reader.Int32("an integer");
            }
        }

        return sum;
    }

    private static int TwoToFour(ref ContractReader reader)
    {
        var count = 0;
        if (reader.StartArray("an array"))
        {
            while (reader.NextItem())
            {
                count += reader.Int32("an integer");
            }

            reader.CheckCount(count, 2, 4, "2 to 4 items");
        }

        return count;
    }
}
