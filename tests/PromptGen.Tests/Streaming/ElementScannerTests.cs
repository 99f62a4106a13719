using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using PromptGen.Contracts;
using PromptGen.Streaming;

namespace PromptGen.Tests.Streaming;

/// <summary>The elements of an array are found once each, wherever pieces of the text begin and end.</summary>
public sealed class ElementScannerTests
{
    private static readonly string[] Spaces = ["", "", " ", "\n", "\t ", "\r\n"];

    private static readonly string[] Values =
    [
        "1", "-2.5e3", "true", "false", "null", "\"\"", "\"a, b] }\"", "\"\\\"\"", "\"\\\\\"", "\"\\u00e9\\ud83d\\ude00\"", "\"é😀\"", "{}", "[]", "{\"a\":[1,{\"b\":\"]\"}]}",
        "[[],[[\"[\"]]]", "{ \"x\" : \"\\\\\\\"}\" }", "\"\uFEFF```\"", "{\"value\":[1]}",
    ];

    [Fact]
    public void Any_chunking_of_any_array_gives_the_elements_of_the_whole()
    {
        var gen =
            from values in Gen.Elements(Values).ListOf()
            from spaces in Gen.Elements(Spaces).ListOf(4)
            from isWrapped in Gen.Elements(true, false)
            from lead in Gen.Elements("", "\uFEFF", "```json\n", "\n ")
            from cuts in Gen.Choose(1, 9).ListOf(5)
            select (Text: lead + Write(values, spaces, isWrapped), Cuts: cuts);

        Prop.ForAll(gen.ToArbitrary(), sample =>
        {
            var json = sample.Text.TrimStart('\uFEFF', '`', 'j', 's', 'o', 'n', '\n', ' ');
            using var document = JsonDocument.Parse(json);
            var array = document.RootElement.ValueKind == JsonValueKind.Array ? document.RootElement : document.RootElement.GetProperty("value");
            var expected = array.EnumerateArray().Select(element => element.GetRawText());

            var scan = Scan(Cut(sample.Text, sample.Cuts));

            Assert.Equal(PromptErrorCode.None, scan.Code);
            Assert.Equal(expected, scan.Elements);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
    }

    [Fact]
    public void Any_prefix_of_an_array_is_truncated_and_gives_the_elements_that_it_has_whole()
    {
        const string text = """{"value":[{"a":"x]"},[1],"\"",12 ,null]}""";
        string[] elements = ["{\"a\":\"x]\"}", "[1]", "\"\\\"\"", "12", "null"];
        for (var length = 1; length < text.Length; length++)
        {
            var scan = Scan([text[..length]]);

            Assert.Equal(PromptErrorCode.Truncated, scan.Code);
            Assert.Equal(elements[..scan.Elements.Length], scan.Elements);
        }

        Assert.Equal(elements, Scan([text]).Elements);
    }

    [Theory]
    [InlineData("""{"value":[1,2]}""", "")]
    [InlineData("[1,2]", "Unwrapped")]
    [InlineData("\uFEFF{\"value\":[1,2]}", "Bom")]
    [InlineData("```json\n{\"value\":[1,2]}\n```", "Fence")]
    [InlineData("```\n[1,2]\n```", "Fence Unwrapped")]
    [InlineData("Here you are:\n```json\n{\"value\":[1,2]}\n```", "Fence Prose")]
    [InlineData("Here: {\"value\":[1,2]}", "Prose")]
    [InlineData("{\"value\":[1,2]} I hope that this helps.", "Prose")]
    [InlineData("As [1] and {x} show, {\"value\":[1,2]}", "Prose")]
    [InlineData("{\"note\":\"[9]\"} {\"value\":[1,2]}", "Prose")]
    public void What_is_around_the_array_is_ignored_and_recorded(string text, string repairs)
    {
        var scan = Scan(text.Select(c => c.ToString()));

        Assert.Equal(PromptErrorCode.None, scan.Code);
        Assert.Equal(["1", "2"], scan.Elements);
        Assert.Equal(repairs, string.Join(' ', scan.Rungs));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("[-1]", "-1")]
    [InlineData("[0]", "0")]
    [InlineData("[9]", "9")]
    [InlineData("[true]", "true")]
    [InlineData("[false]", "false")]
    [InlineData("[null]", "null")]
    [InlineData("[\"a\"]", "\"a\"")]
    [InlineData("[[1]]", "[1]")]
    public void A_bare_array_may_have_any_element(string text, params string[] elements)
    {
        var scan = Scan([text]);

        Assert.Equal((PromptErrorCode.None, "Unwrapped"), (scan.Code, string.Join(' ', scan.Rungs)));
        Assert.Equal(elements, scan.Elements);
    }

    [Theory]
    [InlineData("""["{\"value\":[9]}"]""")]
    [InlineData("""[[1], {"value":[9]}]""")]
    [InlineData("""[-1, {"value":[9]}]""")]
    [InlineData("""[0, {"value":[9]}]""")]
    [InlineData("""[9, {"value":[9]}]""")]
    [InlineData("""[true, {"value":[9]}]""")]
    [InlineData("""[false, {"value":[9]}]""")]
    [InlineData("""[null, {"value":[9]}]""")]
    public void A_whole_array_in_the_prose_before_is_skipped(string array)
    {
        var scan = Scan([$$"""As {{array}} shows, {"value":[1,2]}"""]);

        Assert.Equal((PromptErrorCode.None, "Prose"), (scan.Code, string.Join(' ', scan.Rungs)));
        Assert.Equal(["1", "2"], scan.Elements);
    }

    [Theory]
    [InlineData("[x] ")]
    [InlineData("{x} ")]
    [InlineData("[:] ")]
    public void Brackets_that_begin_no_JSON_are_prose(string before)
    {
        var scan = Scan([before + """{"value":[1,2]}"""]);

        Assert.Equal((PromptErrorCode.None, "Prose"), (scan.Code, string.Join(' ', scan.Rungs)));
        Assert.Equal(["1", "2"], scan.Elements);
    }

    [Fact]
    public void An_answer_of_prose_alone_is_quoted_at_its_beginning()
    {
        var answer = new AnswerBuffer();
        var scanner = new ElementScanner(answer, new ReadingGuard());
        answer.Append("I cannot say.");

        Assert.False(scanner.MoveNext());
        scanner.End();

        Assert.Equal(("", "a JSON object"), (scanner.Violation!.Pointer, scanner.Violation.Expected));
    }

    [Fact]
    public void A_bare_array_of_objects_may_follow_prose() =>
        Assert.Equal(["{}"], Scan(["The items: [{}]"]).Elements);

    [Theory]
    [InlineData("", PromptErrorCode.EmptyOutput)]
    [InlineData(" \n", PromptErrorCode.EmptyOutput)]
    [InlineData("I cannot say.", PromptErrorCode.InvalidJson)]
    [InlineData("{}", PromptErrorCode.SchemaMismatch)]
    [InlineData("""{"items":[1]}""", PromptErrorCode.SchemaMismatch)]
    [InlineData("""{"value":1}""", PromptErrorCode.SchemaMismatch)]
    [InlineData("""{"value":[1],"more":2}""", PromptErrorCode.SchemaMismatch)]
    [InlineData("""{"items":[1""", PromptErrorCode.Truncated)]
    [InlineData("""{"value":[1]""", PromptErrorCode.Truncated)]
    [InlineData("""{"value":[1,]}""", PromptErrorCode.InvalidJson)]
    [InlineData("""{"value":[,1]}""", PromptErrorCode.InvalidJson)]
    [InlineData("""{"value":[1 2]}""", PromptErrorCode.InvalidJson)]
    [InlineData("""{"value":[1}""", PromptErrorCode.InvalidJson)]
    [InlineData("""{"value":[1]]""", PromptErrorCode.InvalidJson)]
    public void An_answer_that_is_no_array_is_distinguished_from_one_that_is_cut_off(string text, PromptErrorCode code) =>
        Assert.Equal(code, Scan([text]).Code);

    [Fact]
    public void A_depth_bomb_ends_where_the_limit_is()
    {
        var answer = new AnswerBuffer();
        var scanner = new ElementScanner(answer, new ReadingGuard());
        answer.Append("{\"value\":[" + new string('[', 1_000_000));

        Assert.False(scanner.MoveNext());
        Assert.Equal(PromptErrorCode.InvalidJson, scanner.Code);
        Assert.Contains("64 levels", scanner.Violation!.Expected, StringComparison.Ordinal);
    }

    private static (string[] Elements, PromptErrorCode Code, IReadOnlyList<string> Rungs) Scan(IEnumerable<string> pieces)
    {
        var answer = new AnswerBuffer();
        var scanner = new ElementScanner(answer, new ReadingGuard());
        var elements = new List<string>();
        foreach (var piece in pieces)
        {
            answer.Append(piece);
            while (scanner.MoveNext())
            {
                elements.Add(answer.Text(scanner.ElementStart, scanner.ElementEnd));
            }
        }

        scanner.End();
        Assert.Equal(scanner.Count, elements.Count);
        return ([.. elements], scanner.Code, scanner.Rungs);
    }

    private static string Write(IReadOnlyList<string> values, IReadOnlyList<string> spaces, bool isWrapped)
    {
        var text = new StringBuilder(isWrapped ? $"{{{spaces[0]}\"value\"{spaces[1]}:{spaces[2]}[" : "[");
        text.Append(spaces[0]).AppendJoin(spaces[1] + "," + spaces[2], values).Append(spaces[3]).Append(']');
        return isWrapped ? text.Append(spaces[3]).Append('}').ToString() : text.ToString();
    }

    private static IEnumerable<string> Cut(string text, IReadOnlyList<int> lengths)
    {
        var next = 0;
        for (var start = 0; start < text.Length;)
        {
            var length = Math.Min(lengths[next++ % lengths.Count], text.Length - start);
            yield return text.Substring(start, length);
            start += length;
        }
    }
}
