using PromptGen.Contracts;

namespace PromptGen.Tests.Contracts;

/// <summary>Forms of a value beyond those that System.Text.Json writes.</summary>
public sealed class PrimitiveTests
{
    [Theory]
    [InlineData("3.0", 3)]
    [InlineData("3e0", 3)]
    [InlineData("-30E-1", -3)]
    [InlineData("0.5e1", 5)]
    [InlineData("1234567890123456789000e-3", 1234567890123456789)]
    [InlineData("-0", 0)]
    [InlineData("0.000", 0)]
    [InlineData("0e99999999999", 0)]
    [InlineData("3e2", 300)]
    [InlineData("12.5e+3", 12500)]
    [InlineData("922337203685477580.7e1", long.MaxValue)]
    [InlineData("9223372036854775807.0", long.MaxValue)]
    [InlineData("-9223372036854775808.0", long.MinValue)]
    public void An_integer_may_be_written_with_fraction_or_exponent(string json, long expected) =>
        Assert.Equal(expected, Value.Of(json, static (ref reader) => reader.Int64("")));

    [Theory]
    [InlineData("3.1")]
    [InlineData("1e-1")]
    [InlineData("9223372036854775808.0")]
    [InlineData("1e19")]
    [InlineData("1e40")]
    [InlineData("-1e40")]
    [InlineData("123456789012345678901234567890123456789012345.0")]
    [InlineData("1e99999999999")]
    [InlineData("1e-99999999999")]
    public void A_number_that_is_no_integer_or_too_large_is_refused(string json) =>
        Value.IsRefused(json, static (ref reader) => reader.Int64("what is asked for"));

    [Theory]
    [InlineData("PT1H30M", "01:30:00")]
    [InlineData("P1DT2H", "1.02:00:00")]
    [InlineData("P2W", "14.00:00:00")]
    [InlineData("PT0.5S", "00:00:00.5000000")]
    [InlineData("PT90M", "01:30:00")]
    [InlineData("-PT5M", "-00:05:00")]
    [InlineData("PT0S", "00:00:00")]
    [InlineData("PT922337203685S", "10675199.02:48:05")]
    [InlineData("P10675199DT2H48M5.4775807S", "10675199.02:48:05.4775807")]
    [InlineData("\\u0050T5M", "00:05:00")]
    [InlineData("\\u0030:05:00", "00:05:00")]
    [InlineData("1.02:30:00", "1.02:30:00")]
    [InlineData("00:00:01.5", "00:00:01.5000000")]
    public void A_duration_is_read_as_iso_or_as_dotnet_writes_it(string text, string expected) =>
        Assert.Equal(TimeSpan.ParseExact(expected, "c", null), Value.Of($"\"{text}\"", static (ref reader) => reader.TimeSpan("")));

    [Theory]
    [InlineData("P")]
    [InlineData("PT")]
    [InlineData("P1")]
    [InlineData("P1M")]
    [InlineData("P1H")]
    [InlineData("PT1M1H")]
    [InlineData("PT1M1M")]
    [InlineData("P1DT")]
    [InlineData("PT+1H")]
    [InlineData("PT.H")]
    [InlineData("P99999999999D")]
    [InlineData("P10675199DT2H48M5.4775808S")]
    [InlineData("1:30")]
    [InlineData("01:30:00 or so")]
    [InlineData("")]
    public void A_text_that_is_no_duration_is_refused(string text) =>
        Value.IsRefused($"\"{text}\"", static (ref reader) => reader.TimeSpan("what is asked for"));

    [Fact]
    public void Times_do_not_depend_on_the_machine()
    {
        Assert.Equal(new DateTime(2026, 1, 31, 12, 30, 0, DateTimeKind.Utc), Value.Of("\"2026-01-31T14:30:00+02:00\"", static (ref reader) => reader.DateTime("")));
        Assert.Equal(DateTimeKind.Unspecified, Value.Of("\"2026-01-31T14:30:00\"", static (ref reader) => reader.DateTime("")).Kind);
        Assert.Equal(DateTimeKind.Utc, Value.Of("\"2026-01-31T14:30:00+02:00\"", static (ref reader) => reader.DateTime("")).Kind);
        Assert.Equal(new DateTimeOffset(2026, 1, 31, 14, 30, 0, TimeSpan.Zero), Value.Of("\"2026-01-31T14:30:00\"", static (ref reader) => reader.DateTimeOffset("")));
        Assert.Equal(TimeSpan.FromHours(2), Value.Of("\"2026-01-31T14:30:00+02:00\"", static (ref reader) => reader.DateTimeOffset("")).Offset);
    }

    [Theory]
    [InlineData("14:30")]
    [InlineData("14:30:00")]
    [InlineData("14:30:00.000")]
    [InlineData("14:30:00Z")]
    public void A_time_may_leave_out_its_seconds(string text) =>
        Assert.Equal(new TimeOnly(14, 30), Value.Of($"\"{text}\"", static (ref reader) => reader.TimeOnly("")));

    [Fact]
    public void Escapes_are_text_like_any_other()
    {
        Assert.Equal("ä\"\n😀", Value.Of("""
            "\u00e4\"\n\ud83d\ude00"
            """, static (ref reader) => reader.String("")));
        Assert.True(Value.Of("""
            "b\u0061d"
            """, static (ref reader) => reader.IsText("bad"u8)));
        Assert.Equal(new DateOnly(2026, 1, 31), Value.Of("\"\\u0032026-01-31\"", static (ref reader) => reader.DateOnly("")));
    }

    [Theory]
    [InlineData("\\ud800")]
    [InlineData("\\udc00")]
    [InlineData("\\ud800\\ud800")]
    [InlineData("\\ud800x")]
    [InlineData("\\\\\\ud83d")]
    public void Half_a_character_is_no_text(string text) =>
        Value.IsRefused($"\"{text}\"", static (ref reader) => reader.String("what is asked for"));

    [Fact]
    public void A_member_whose_name_is_half_a_character_is_unknown()
    {
        var reading = NoteContract.Instance.Read("""{"title":"a","stars":1,"tags":[],"\ud800":1}""");

        Assert.Equal("/\\ud800", Assert.Single(reading.Violations).Pointer);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(1000)]
    public void Items_are_returned_in_order_whatever_their_number(int count)
    {
        var items = new ContractItems<int>();
        for (var i = 0; i < count; i++)
        {
            items.Add(i);
        }

        Assert.Equal(count, items.Count);
        Assert.Equal(Enumerable.Range(0, count), items.ToList());
    }

    [Fact]
    public void No_items_cost_no_array() => Assert.Same(Array.Empty<int>(), new ContractItems<int>().ToArray());
}
