using System.Text.RegularExpressions;
using PromptGen.Contracts;

namespace PromptGen.Tests.Contracts;

/// <summary>Strings, and what is written as one.</summary>
public sealed class TextTests
{
    private const string Expected = "what is asked for";

    [Theory]
    [InlineData("")]
    [InlineData("plain")]
    [InlineData("äöü €")]
    [InlineData("日本語 😀")]
    public void Text_is_read_in_any_script(string text)
    {
        Assert.Equal(text, Value.Of($"\"{text}\"", static (ref reader) => reader.String("")));
        Assert.Equal(text, Value.Of($"\"{text}\"", static (ref reader) => reader.String("", minLength: 0)));
    }

    // Every way of writing the same characters, since each is counted in its own way.
    [Theory]
    [InlineData("", 0)]
    [InlineData("abc", 3)]
    [InlineData("a\\u0062c", 3)]
    [InlineData("äöü", 3)]
    [InlineData("😀😀", 2)]
    [InlineData("\\ud83d\\ude00\\ud83d\\ude00", 2)]
    [InlineData("a😀ä", 3)]
    public void A_length_is_a_number_of_characters_however_they_are_written(string text, int characters)
    {
        var json = $"\"{text}\"";
        Value.Of(json, (ref reader) => reader.String(Expected, minLength: characters, maxLength: characters));
        Value.Of(json, (ref reader) => reader.String(Expected, minLength: characters, maxLength: int.MaxValue));
        Value.Of(json, (ref reader) => reader.String(Expected, maxLength: characters + 1));
        Value.IsRefused(json, (ref reader) => reader.String(Expected, minLength: characters + 1));
        Value.IsRefused(json, (ref reader) => reader.String(Expected, minLength: characters + 1, maxLength: 100));
        Value.IsRefused(json, (ref reader) => reader.String(Expected, minLength: 0, maxLength: characters - 1));
    }

    [Theory]
    [InlineData("AB-12", true)]
    [InlineData("AB-123", false)]
    [InlineData("\\u0041B-12", true)]
    [InlineData("ÄB-12", false)]
    public void A_pattern_holds_for_the_text_that_was_meant(string text, bool matches) =>
        Check(text, matches, static (ref reader) => reader.String(Expected, pattern: new Regex("^[A-Z]{2}-[0-9]{2}$")));

    [Fact]
    public void A_text_that_keeps_the_pattern_busy_for_too_long_is_refused()
    {
        var slow = new Regex("^(a+)+$", RegexOptions.None, TimeSpan.FromMilliseconds(1));

        Value.IsRefused($"\"{new string('a', 50)}!\"", (ref reader) => reader.String(Expected, pattern: slow), Expected + " (matching its pattern took too long)");
    }

    [Theory]
    [InlineData("ada@example.org", true)]
    [InlineData("a@b", true)]
    [InlineData("ada", false)]
    [InlineData("@example.org", false)]
    [InlineData("ada@", false)]
    [InlineData("a@b@c", false)]
    [InlineData("ada b@example.org", false)]
    public void An_email_address_has_two_parts_and_no_space(string text, bool fits) =>
        Check(text, fits, static (ref reader) => reader.String(Expected, format: TextFormat.Email));

    [Theory]
    [InlineData("https://example.org/a?b=c", true)]
    [InlineData("http://example.org", true)]
    [InlineData("ftp://example.org/a", true)]
    [InlineData("mailto:ada@example.org", false)]
    [InlineData("file:///etc/hosts", false)]
    [InlineData("/a/b", false)]
    [InlineData("example.org", false)]
    public void A_url_is_absolute_and_of_the_web(string text, bool fits) =>
        Check(text, fits, static (ref reader) => reader.String(Expected, format: TextFormat.Url));

    [Fact]
    public void Every_constraint_has_to_hold()
    {
        var pattern = new Regex("^[a-z]+@");

        Value.Of("\"ada@x\"", (ref reader) => reader.String(Expected, 5, 5, pattern, TextFormat.Email));
        Value.IsRefused("\"adam@x\"", (ref reader) => reader.String(Expected, 5, 5, pattern, TextFormat.Email));
        Value.IsRefused("\"Ada@x\"", (ref reader) => reader.String(Expected, 5, 5, pattern, TextFormat.Email));
        Value.IsRefused("\"ada@@\"", (ref reader) => reader.String(Expected, 5, 5, pattern, TextFormat.Email));
        Value.IsRefused("\"ädä@x\"", (ref reader) => reader.String(Expected, 5, 5, pattern, TextFormat.Email));
    }

    [Theory]
    [InlineData("5")]
    [InlineData("true")]
    [InlineData("null")]
    [InlineData("[\"a\"]")]
    [InlineData("{\"a\":\"b\"}")]
    public void Only_a_string_is_text(string json)
    {
        Value.IsRefused(json, static (ref reader) => reader.String(Expected));
        Value.IsRefused(json, static (ref reader) => reader.String(Expected, minLength: 0));
        Value.IsRefused(json, static (ref reader) => reader.Char(Expected));
        Value.IsRefused(json, static (ref reader) => reader.Guid(Expected));
        Value.IsRefused(json, static (ref reader) => reader.Uri(Expected));
        Value.IsRefused(json, static (ref reader) => reader.Bytes(Expected));
        Value.IsRefused(json, static (ref reader) => reader.DateTime(Expected));
        Value.IsRefused(json, static (ref reader) => reader.DateTimeOffset(Expected));
        Value.IsRefused(json, static (ref reader) => reader.DateOnly(Expected));
        Value.IsRefused(json, static (ref reader) => reader.TimeOnly(Expected));
        Value.IsRefused(json, static (ref reader) => reader.TimeSpan(Expected));
    }

    [Theory]
    [InlineData("\"High\"", 1, false)]
    [InlineData("\"H\\u0069gh\"", 1, false)]
    [InlineData("\"Low\"", 2, false)]
    [InlineData("\"high\"", 1, true)]
    [InlineData("\"LOW\"", 2, true)]
    public void A_name_is_taken_in_any_case_and_another_one_is_recorded(string json, int expected, bool isOtherCase)
    {
        var reading = Value.Read(json, Level);

        Assert.Equal((PromptErrorCode.None, expected), (reading.Code, reading.Value));
        Assert.Equal(isOtherCase ? ["Case"] : [], reading.Rungs);
    }

    [Theory]
    [InlineData("\"Hug\"")]
    [InlineData("\"Hugh\"")]
    [InlineData("\"Highest\"")]
    [InlineData("\"h\\u0069gh\"")]
    [InlineData("5")]
    public void What_is_no_name_is_refused(string json) => Value.IsRefused(json, Level);

    [Fact]
    public void A_literal_is_no_name()
    {
        Value.IsRefused("true", static (ref reader) => reader.IsName("True"u8) ? 1 : reader.Mismatch<int>(Expected));
        Value.IsRefused("true", static (ref reader) => reader.IsText("true"u8) ? 1 : reader.Mismatch<int>(Expected));
        Value.IsRefused("\"True\"", static (ref reader) => reader.IsText("true"u8) ? 1 : reader.Mismatch<int>(Expected));
    }

    [Theory]
    [InlineData("""["high","low"]""", true)]
    [InlineData("""["high","Low"]""", true)]
    [InlineData("""["High","Low"]""", false)]
    public void One_name_in_another_case_is_enough_to_be_recorded(string json, bool isOtherCase)
    {
        var reading = Value.Read(json, static (ref reader) =>
        {
            var items = new ContractItems<int>();
            reader.StartArray("an array");
            while (reader.NextItem())
            {
                items.Add(Level(ref reader));
            }

            return items.ToArray();
        });

        Assert.Equal([1, 2], reading.Value!);
        Assert.Equal(isOtherCase ? ["Case"] : [], reading.Rungs);
    }

    [Fact]
    public void Truth_is_written_without_quotes()
    {
        Assert.True(Value.Of("true", static (ref reader) => reader.Boolean("")));
        Assert.False(Value.Of("false", static (ref reader) => reader.Boolean("")));
        Value.IsRefused("\"true\"", static (ref reader) => reader.Boolean(Expected));
        Value.IsRefused("1", static (ref reader) => reader.Boolean(Expected));
    }

    [Fact]
    public void A_nullable_value_may_be_null()
    {
        Assert.Null(Value.Of("null", static (ref reader) => reader.IsNull() ? null : reader.String("")));
        Assert.Equal("null", Value.Of("\"null\"", static (ref reader) => reader.IsNull() ? null : reader.String("")));
    }

    [Fact]
    public void A_character_is_one_utf16_unit()
    {
        Assert.Equal('x', Value.Of("\"x\"", static (ref reader) => reader.Char("")));
        Assert.Equal('€', Value.Of("\"€\"", static (ref reader) => reader.Char("")));
        Assert.Equal('"', Value.Of("\"\\\"\"", static (ref reader) => reader.Char("")));
        Value.IsRefused("\"\"", static (ref reader) => reader.Char(Expected));
        Value.IsRefused("\"xy\"", static (ref reader) => reader.Char(Expected));
        Value.IsRefused("\"😀\"", static (ref reader) => reader.Char(Expected));
    }

    [Fact]
    public void What_is_written_as_a_string_is_parsed()
    {
        Assert.Equal(new Guid("6f9619ff-8b86-d011-b42d-00c04fc964ff"), Value.Of("\"6f9619ff-8b86-d011-b42d-00c04fc964ff\"", static (ref reader) => reader.Guid("")));
        Assert.Equal(new Uri("https://example.org/ä"), Value.Of("\"https://example.org/ä\"", static (ref reader) => reader.Uri("")));
        Assert.Equal([1, 2, 3], Value.Of("\"AQID\"", static (ref reader) => reader.Bytes("")));
        Value.IsRefused("\"6f9619ff\"", static (ref reader) => reader.Guid(Expected));
        Value.IsRefused("\"example.org\"", static (ref reader) => reader.Uri(Expected));
        Value.IsRefused("\"AQI\"", static (ref reader) => reader.Bytes(Expected));
        Value.IsRefused("\"2026-13-01T00:00:00\"", static (ref reader) => reader.DateTime(Expected));
        Value.IsRefused("\"2026-02-30\"", static (ref reader) => reader.DateOnly(Expected));
        Value.IsRefused("\"24:00\"", static (ref reader) => reader.TimeOnly(Expected));
    }

    private static int Level(ref ContractReader reader) =>
        reader.IsName("High"u8) ? 1 : reader.IsName("Low"u8) ? 2 : reader.Mismatch<int>(Expected);

    private static void Check<T>(string text, bool fits, ValueContract<T>.Reading read)
    {
        if (fits)
        {
            Value.Of($"\"{text}\"", read);
        }
        else
        {
            Value.IsRefused($"\"{text}\"", read);
        }
    }
}
