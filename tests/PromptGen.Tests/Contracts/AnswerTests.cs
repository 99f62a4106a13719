using System.Text;
using PromptGen.Contracts;

namespace PromptGen.Tests.Contracts;

/// <summary>What is taken for the answer in the text that a model wrote.</summary>
public sealed class AnswerTests
{
    private const string Json = """{"title":"Good","stars":4,"tags":["a","b"]}""";

    private const string First = """{"title":"First","stars":1,"tags":[]}""";

    private static readonly ValueContract<int> s_number = new(static (ref reader) => reader.Int32("a 32-bit integer"));

    private static readonly ValueContract<string[]> s_list = new(static (ref reader) =>
    {
        var items = new ContractItems<string>();
        if (reader.StartArray("an array"))
        {
            while (reader.NextItem())
            {
                items.Add(reader.String("a string"));
            }
        }

        return items.ToArray();
    });

    public static TheoryData<string, string[]> Wrappings => new()
    {
        { Json, [] },
        { $"  \r\n{Json}\n\t", [] },
        { $"\uFEFF{Json}", ["Bom"] },
        { $"```json\n{Json}\n```", ["Fence"] },
        { $"```\n{Json}\n```\n", ["Fence"] },
        { $"```{Json}```", ["Fence"] },
        { $"\uFEFF```JSON\r\n{Json}\r\n```", ["Bom", "Fence"] },
        { $"```json\n{Json}", ["Fence"] },
        { $"Here it is:\n```json\n{Json}\n```\nAnything else?", ["Fence", "Prose"] },
        { $"Here it is:\n```json\n{Json}\n```", ["Fence", "Prose"] },
        { $"```json\n{Json}\n```\nAnything else?", ["Fence", "Prose"] },
        { $"Sure! {Json}", ["Prose"] },
        { $"{Json} Hope this helps.", ["Prose"] },
        { $"{Json}\n{Json}", ["Prose"] },
        { $"I read [1] and {{this}} and [this](http://x) first: {Json}", ["Prose"] },
        { $"An example would be {{\"title\":\"x\"}}, but: {Json}", ["Prose"] },
        { $"Not [closed: {Json}", ["Prose"] },
        { $$"""{"title":"Good","stars":9,"tags":[]} no: {{Json}}""", ["Prose"] },
        { $$"""{"title":"Good",} no: {{Json}}""", ["Prose"] },
        { $$"""{{Json}} {"title":"Other","stars":1,"tags":[]}""", ["Prose"] },
        { $"{Json} That is: {Json.Replace(",", ", ")}", ["Prose"] },
        { $$"""{oops: "} \" {", "\\": "["} no: {{Json}}""", ["Prose"] },
        { $"{string.Concat(Enumerable.Repeat("[x] ", 31))}{Json}", ["Prose"] },
        { $$"""{{Json}} A title of "Bad" would break {"title":"Bad","stars":9,"tags":[]} and {"stars":1}. Empty ones: {} {""", ["Prose"] },
        { $$"""{{Json}} That leaves open: {"title":"Bad","stars":""", ["Prose"] },
    };

    [Theory]
    [MemberData(nameof(Wrappings))]
    public void The_value_that_fits_is_taken_and_what_was_overlooked_is_recorded(string answer, string[] rungs)
    {
        var reading = NoteContract.Instance.Read(answer);

        Assert.Empty(reading.Violations);
        Assert.Equal(PromptErrorCode.None, reading.Code);
        Assert.Equal(rungs, reading.Rungs);
        Assert.Equal("Good", reading.Value!.Title);
    }

    // What is no answer, and the rungs of the last one.
    public static TheoryData<string, string[]?> Corrections => new()
    {
        { $"{First} No, correct is: {Json}", ["Prose", "Revised"] },
        { $"```json\n{First}\n```\nI counted wrongly.\n```json\n{Json}\n```", ["Fence", "Prose", "Revised"] },
        { $$"""{{First}} Wait: {"title":"Second","stars":2,"tags":[]} Now it is right: {{Json}} Done.""", ["Prose", "Revised"] },
        { $"\uFEFF{{title:'First',stars:1,tags:[]}} Wait. {{\"title\":\"Good\",\"stars\":4,\"tags\":[],}}", ["Bom", "Prose", "Revised", "TrailingComma"] },
        // Equals, of which none is picked.
        { $"{First} or {Json}", null },
        { $"{First} no {Json}", null },
        { $"{First}\nso\n{Json}", null },
        { $"{{title:'First',stars:1,tags:[]}} or {{title:'Good',stars:4,tags:[]}}", null },
    };

    [Theory]
    [MemberData(nameof(Corrections))]
    public void Of_two_answers_that_differ_none_is_taken_unless_it_is_to_be_salvaged_from_a_correction(string answer, string[]? rungs)
    {
        var lenient = NoteContract.Instance.Read(answer);
        var salvaged = NoteContract.Instance.Read(answer, Tolerance.Salvage);

        Assert.Equal(PromptErrorCode.SchemaMismatch, lenient.Code);
        Assert.Equal("one JSON object, without a different one behind it", Assert.Single(lenient.Violations).Expected);
        Assert.Equal(rungs is null ? PromptErrorCode.SchemaMismatch : PromptErrorCode.None, salvaged.Code);
        Assert.Equal(rungs ?? [], salvaged.Rungs);
        Assert.Equal(rungs is null ? null : "Good", salvaged.Value?.Title);
    }

    [Theory]
    [InlineData("""{"wrong":{"title":"Good","stars":4,"tags":[]}}""", PromptErrorCode.SchemaMismatch)]
    [InlineData("""[{"title":"Good","stars":4,"tags":[]},{"title":"Good","stars":4,"tags":[]}]""", PromptErrorCode.SchemaMismatch)]
    [InlineData("""{wrong: {"title":"Good","stars":4,"tags":[]}}""", PromptErrorCode.InvalidJson)]
    [InlineData("""{"wrong":oops,"in":{"title":"Good","stars":4,"tags":[]}}""", PromptErrorCode.InvalidJson)]
    [InlineData("""{wrong: {"title":"Good","stars":4,"tags":[]}""", PromptErrorCode.InvalidJson)]
    [InlineData("""{"wrong":{"title":"Good","stars":4,"tags":[]}""", PromptErrorCode.Truncated)]
    [InlineData("""[{"title":"Good","stars":4,"tags":[]},""", PromptErrorCode.Truncated)]
    public void A_value_inside_another_one_is_never_taken_for_the_answer(string answer, PromptErrorCode code)
    {
        var reading = NoteContract.Instance.Read(answer);

        Assert.Equal(code, reading.Code);
        Assert.Null(reading.Value);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \r\n\t")]
    [InlineData("\u00A0\u2003")]
    [InlineData("\uFEFF \n")]
    public void Blank_answers_are_empty(string answer) => Assert.Equal(PromptErrorCode.EmptyOutput, NoteContract.Instance.Read(answer).Code);

    [Theory]
    [InlineData("I can't help with that.", "I can't help with that.")]
    [InlineData("null", "null")]
    [InlineData("\"text\"", "\"text\"")]
    [InlineData("{oops \"abc", "{oops \"abc")]
    [InlineData("{oops \"abc\\", "{oops \"abc\\")]
    public void An_answer_without_an_object_is_no_json(string answer, string actual)
    {
        var reading = NoteContract.Instance.Read(answer);

        Assert.Equal(PromptErrorCode.InvalidJson, reading.Code);
        Assert.Equal([new SchemaViolation("", "a JSON object", actual)], reading.Violations);
    }

    [Fact]
    public void The_search_ends_after_32_pieces()
    {
        var reading = NoteContract.Instance.Read($"{string.Concat(Enumerable.Repeat("[x] ", 32))}{Json}");

        Assert.Equal(PromptErrorCode.InvalidJson, reading.Code);
        Assert.Equal("a JSON object", Assert.Single(reading.Violations).Expected);
    }

    [Theory]
    [InlineData("""{"title":"a","stars":7,"tags":[]} {"title":"b","stars":8,"tags":[]}""", PromptErrorCode.SchemaMismatch, "7")]
    [InlineData("""{oops} {"title":"a","stars":7,"tags":[]}""", PromptErrorCode.SchemaMismatch, "7")]
    [InlineData("{this} is {wrong}", PromptErrorCode.InvalidJson, "{this} is {wrong}")]
    public void Where_nothing_fits_the_first_mismatch_is_reported(string answer, PromptErrorCode code, string actual)
    {
        var reading = NoteContract.Instance.Read(answer);

        Assert.Equal((code, actual), (reading.Code, Assert.Single(reading.Violations).Actual));
    }

    [Fact]
    public void Braces_in_prose_are_not_called_broken_json() =>
        Assert.Equal([new SchemaViolation("", "a JSON object", "{this}")], NoteContract.Instance.Read("{this}").Violations);

    [Fact]
    public void A_syntax_error_is_reported_where_it_is()
    {
        var reading = NoteContract.Instance.Read("""{"title":"Good","stars":9,"tags":["a",'b']}""");

        Assert.Equal(PromptErrorCode.InvalidJson, reading.Code);
        Assert.Equal(
            [new("/stars", "an integer from 1 to 5", "9"), new SchemaViolation("/tags", "valid JSON from here on", "'b']}")],
            reading.Violations);
    }

    [Fact]
    public void Json_that_is_nested_too_deep_is_reported()
    {
        var reading = NoteContract.Instance.Read("{\"x\":" + new string('[', 100) + new string(']', 100) + "}");

        Assert.Equal(PromptErrorCode.InvalidJson, reading.Code);
        Assert.Equal("JSON that is nested at most 64 levels deep", Assert.Single(reading.Violations).Expected);
    }

    [Fact]
    public void An_answer_over_the_limit_is_not_read()
    {
        Assert.Equal(PromptErrorCode.OutputTooLarge, NoteContract.Instance.Read(new string(' ', (16 * 1024 * 1024) + 1)).Code);
        Assert.Equal(PromptErrorCode.OutputTooLarge, TextContract.Instance.Read(new string('x', (16 * 1024 * 1024) + 1)).Code);
    }

    [Fact]
    public void An_answer_of_the_limit_is_read()
    {
        Assert.Equal("Good", NoteContract.Instance.Read(Json.PadRight(16 * 1024 * 1024)).Value!.Title);
        Assert.Equal(PromptErrorCode.None, TextContract.Instance.Read(new string('x', 16 * 1024 * 1024)).Code);
    }

    [Fact]
    public void No_answer_at_all_is_a_mistake_of_the_caller()
    {
        Assert.Throws<ArgumentNullException>("answer", () => NoteContract.Instance.Read(null!));
        Assert.Throws<ArgumentNullException>("answer", () => TextContract.Instance.Read(null!));
    }

    [Theory]
    [InlineData("{", 200_000)]
    [InlineData("[", 200_000)]
    [InlineData("[1,", 100_000)]
    [InlineData("{\"a\":{}} ", 100_000)]
    [InlineData("{a} ", 100_000)]
    public void A_hostile_answer_costs_no_more_than_a_few_passes(string piece, int count)
    {
        var answer = new StringBuilder().Insert(0, piece, count).ToString();

        Assert.NotEqual(PromptErrorCode.None, NoteContract.Instance.Read(answer).Code);
    }

    [Fact]
    public void No_more_than_256_violations_are_kept()
    {
        var answer = $$"""{"title":"Good","stars":4,"tags":[{{string.Join(",", Enumerable.Repeat("{}", 1000))}}]}""";

        Assert.Equal(256, NoteContract.Instance.Read(answer).Violations.Count);
    }

    [Theory]
    [InlineData("""{"value":7}""", new string[0])]
    [InlineData("7", new[] { "Unwrapped" })]
    [InlineData(" 7\n", new[] { "Unwrapped" })]
    [InlineData("```\n7\n```", new[] { "Fence", "Unwrapped" })]
    [InlineData("```\n7\n``` or so", new[] { "Fence", "Prose", "Unwrapped" })]
    [InlineData("""{"value":7,"more":1}""", new[] { "ExtraMember" })]
    [InlineData("\uFEFF```json\r\n7\r\n```\n", new[] { "Bom", "Fence", "Unwrapped" })]
    [InlineData("Seven: {\"value\":7}", new[] { "Prose" })]
    public void A_number_is_read_in_its_wrapper_or_bare(string answer, string[] rungs)
    {
        var reading = s_number.Read(answer);

        Assert.Equal((PromptErrorCode.None, 7), (reading.Code, reading.Value));
        Assert.Equal(rungs, reading.Rungs);
    }

    [Theory]
    [InlineData("0", 0)]
    [InlineData("9", 9)]
    [InlineData("-1", -1)]
    public void A_bare_number_may_begin_with_any_digit(string answer, int expected)
    {
        var reading = s_number.Read(answer);

        Assert.Equal((PromptErrorCode.None, expected), (reading.Code, reading.Value));
    }

    [Theory]
    [InlineData("```7```")]
    [InlineData("```\n7")]
    [InlineData("``\n7\n```")]
    [InlineData("7\n```")]
    public void A_bare_number_in_half_a_fence_is_no_answer(string answer) => Assert.Equal(PromptErrorCode.InvalidJson, s_number.Read(answer).Code);

    [Theory]
    [InlineData("\"7\"", "", "\"7\"")]
    [InlineData("""{"value":"7"}""", "/value", "\"7\"")]
    [InlineData("""{"value":"x","more":1}""", "/value", "\"x\"")]
    [InlineData("{}", "/value", "nothing")]
    public void A_number_that_is_none_is_reported(string answer, string pointer, string actual)
    {
        var reading = s_number.Read(answer);
        var violation = reading.Violations[0];

        Assert.Equal((pointer, actual), (violation.Pointer, violation.Actual));
        Assert.Empty(reading.Rungs);
    }

    [Theory]
    [InlineData("{}", "a member of this name that holds the answer")]
    [InlineData("[7]", "a 32-bit integer")]
    public void What_the_wrapper_lacks_is_reported(string answer, string expected) => Assert.Equal(expected, Assert.Single(s_number.Read(answer).Violations).Expected);

    [Fact]
    public void What_the_wrapper_has_too_much_is_reported() => Assert.Equal(
        [new SchemaViolation("/more", "no member of this name, only \"value\"", "1")],
        s_number.Read("""{"value":7,"more":1}""", Tolerance.Exact).Violations);

    [Theory]
    [InlineData("""["a",7]""", "/1")]
    [InlineData("""{"value":["a",7]}""", "/value/1")]
    public void A_wrong_item_is_reported_at_its_place(string answer, string pointer) =>
        Assert.Equal([new SchemaViolation(pointer, "a string", "7")], s_list.Read(answer).Violations);

    [Fact]
    public void An_answer_that_the_type_refuses_is_skipped_for_the_next_one()
    {
        var contract = new ValueContract<int>(static (ref reader) =>
            reader.Int32("") is var value and not 7 ? value : throw new ArgumentException("7 is taken"));

        var reading = contract.Read("""{"value":7} or {"value":8}""");

        Assert.Equal((PromptErrorCode.None, 8), (reading.Code, reading.Value));
    }

    [Theory]
    [InlineData("7 or 8")]
    [InlineData("true story")]
    [InlineData("seven")]
    public void Prose_is_no_bare_value(string answer) => Assert.Equal(PromptErrorCode.InvalidJson, s_number.Read(answer).Code);

    [Theory]
    [InlineData("""["a","b"]""", new[] { "Unwrapped" })]
    [InlineData("""{"value":["a","b"]}""", new string[0])]
    [InlineData("```json\n[\"a\",\"b\"]\n```", new[] { "Fence", "Unwrapped" })]
    [InlineData("""The tags: ["a","b"].""", new[] { "Prose", "Unwrapped" })]
    public void A_list_is_read_in_its_wrapper_or_bare(string answer, string[] rungs)
    {
        var reading = s_list.Read(answer);

        Assert.Equal(["a", "b"], reading.Value!);
        Assert.Equal(rungs, reading.Rungs);
    }

    [Theory]
    [InlineData("""["a","b" """)]
    [InlineData("""{"value":["a"]""")]
    public void A_list_that_ends_early_is_truncated(string answer)
    {
        var reading = s_list.Read(answer);

        Assert.Equal(PromptErrorCode.Truncated, reading.Code);
        Assert.Empty(reading.Violations);
    }

    [Theory]
    [InlineData("""{"more": [1, 2""")]
    [InlineData("""{"more": {"a": 1, "b": [""")]
    [InlineData("""{"title": ["x", "y", 3""")]
    public void An_answer_that_ends_in_what_is_skipped_is_truncated(string answer)
    {
        foreach (var tolerance in Enum.GetValues<Tolerance>())
        {
            Assert.Equal(PromptErrorCode.Truncated, NoteContract.Instance.Read(answer, tolerance).Code);
        }
    }

    [Fact]
    public void Text_is_handed_on_as_it_came()
    {
        Assert.Equal(" ```x``` ", TextContract.Instance.Read(" ```x``` ").Value);
        Assert.Equal(PromptErrorCode.EmptyOutput, TextContract.Instance.Read(" \n").Code);
        Assert.Equal("Text", TextContract.Instance.Name);
        Assert.Equal("x", Value.Of("\"x\"", TextContract.Instance.ReadValue));
        Value.IsRefused("7", TextContract.Instance.ReadValue, "a string");
        Assert.Equal(System.Text.Json.JsonValueKind.Undefined, TextContract.Instance.Schema.ValueKind);
    }

    [Fact]
    public void The_schema_is_parsed_once()
    {
        Assert.Equal("object", NoteContract.Instance.Schema.GetProperty("type").GetString());
    }
}
