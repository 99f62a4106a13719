namespace PromptGen.Tests.Contracts;

/// <summary>Numbers at the edges of their types and bounds.</summary>
public sealed class NumberTests
{
    private const string Expected = "what is asked for";

    [Fact]
    public void The_bounds_of_a_type_belong_to_it()
    {
        Assert.Equal([byte.MinValue, byte.MaxValue], [Value.Of("0", static (ref reader) => reader.Byte("")), Value.Of("255", static (ref reader) => reader.Byte(""))]);
        Assert.Equal([sbyte.MinValue, sbyte.MaxValue], [Value.Of("-128", static (ref reader) => reader.SByte("")), Value.Of("127", static (ref reader) => reader.SByte(""))]);
        Assert.Equal([short.MinValue, short.MaxValue], [Value.Of("-32768", static (ref reader) => reader.Int16("")), Value.Of("32767", static (ref reader) => reader.Int16(""))]);
        Assert.Equal([ushort.MinValue, ushort.MaxValue], [Value.Of("0", static (ref reader) => reader.UInt16("")), Value.Of("65535", static (ref reader) => reader.UInt16(""))]);
        Assert.Equal([int.MinValue, int.MaxValue], [Value.Of("-2147483648", static (ref reader) => reader.Int32("")), Value.Of("2147483647", static (ref reader) => reader.Int32(""))]);
        Assert.Equal([uint.MinValue, uint.MaxValue], [Value.Of("0", static (ref reader) => reader.UInt32("")), Value.Of("4294967295", static (ref reader) => reader.UInt32(""))]);
        Assert.Equal([ulong.MinValue, ulong.MaxValue], [Value.Of("0", static (ref reader) => reader.UInt64("")), Value.Of("18446744073709551615", static (ref reader) => reader.UInt64(""))]);
        Assert.Equal(decimal.MaxValue, Value.Of("79228162514264337593543950335", static (ref reader) => reader.Decimal("")));
        Assert.Equal(decimal.MinValue, Value.Of("-79228162514264337593543950335", static (ref reader) => reader.Decimal("")));
        Assert.Equal(double.MaxValue, Value.Of("1.7976931348623157E+308", static (ref reader) => reader.Double("")));
        Assert.Equal(float.MaxValue, Value.Of("3.4028234663852886E+38", static (ref reader) => reader.Single("")));
        Assert.Equal(float.MinValue, Value.Of("-3.4028234663852886E+38", static (ref reader) => reader.Single("")));
    }

    [Fact]
    public void What_is_beyond_a_type_is_refused_rather_than_cut()
    {
        Value.IsRefused("256", static (ref reader) => reader.Byte(Expected));
        Value.IsRefused("-1", static (ref reader) => reader.Byte(Expected));
        Value.IsRefused("128", static (ref reader) => reader.SByte(Expected));
        Value.IsRefused("-32769", static (ref reader) => reader.Int16(Expected));
        Value.IsRefused("65536", static (ref reader) => reader.UInt16(Expected));
        Value.IsRefused("2147483648", static (ref reader) => reader.Int32(Expected));
        Value.IsRefused("4294967296", static (ref reader) => reader.UInt32(Expected));
        Value.IsRefused("9223372036854775808", static (ref reader) => reader.Int64(Expected));
        Value.IsRefused("18446744073709551616", static (ref reader) => reader.UInt64(Expected));
        Value.IsRefused("-1", static (ref reader) => reader.UInt64(Expected));
        Value.IsRefused("79228162514264337593543950336", static (ref reader) => reader.Decimal(Expected));
        Value.IsRefused("1e999", static (ref reader) => reader.Double(Expected));
        Value.IsRefused("3.5e38", static (ref reader) => reader.Single(Expected));
    }

    [Fact]
    public void A_bound_beyond_the_type_does_not_let_infinity_in()
    {
        Value.IsRefused("1e39", static (ref reader) => reader.Single(Expected, double.MinValue, double.MaxValue));
        Value.IsRefused("-1e39", static (ref reader) => reader.Single(Expected, double.MinValue, double.MaxValue));
    }

    [Theory]
    [InlineData("18446744073709551615.0", ulong.MaxValue)]
    [InlineData("1844674407370955161500e-2", ulong.MaxValue)]
    [InlineData("1.8446744073709551610e19", 18446744073709551610)]
    [InlineData("123e2", 12300)]
    public void An_unsigned_integer_may_be_written_with_fraction_or_exponent(string json, ulong expected) =>
        Assert.Equal(expected, Value.Of(json, static (ref reader) => reader.UInt64("")));

    [Theory]
    [InlineData("18446744073709551616.0")]
    [InlineData("1.8446744073709551616e19")]
    [InlineData("1e20")]
    [InlineData("1e25")]
    [InlineData("-1.0")]
    [InlineData("1.5")]
    public void An_unsigned_integer_is_not_rounded_or_wrapped(string json) => Value.IsRefused(json, static (ref reader) => reader.UInt64(Expected));

    [Theory]
    [InlineData("3", false)]
    [InlineData("4", true)]
    [InlineData("5", true)]
    [InlineData("6", true)]
    [InlineData("7", false)]
    public void Bounds_are_allowed_themselves(string json, bool fits)
    {
        Check(json, fits, static (ref reader) => reader.Int32(Expected, 4, 6));
        Check(json, fits, static (ref reader) => reader.Int64(Expected, 4, 6));
        Check(json, fits, static (ref reader) => reader.UInt64(Expected, 4, 6));
        Check(json, fits, static (ref reader) => reader.Double(Expected, 4, 6));
        Check(json, fits, static (ref reader) => reader.Single(Expected, 4, 6));
        Check(json, fits, static (ref reader) => reader.Decimal(Expected, 4, 6));
    }

    [Theory]
    [InlineData("0", false, true)]
    [InlineData("0.001", true, true)]
    [InlineData("0.999", true, true)]
    [InlineData("1", true, false)]
    public void An_exclusive_bound_keeps_only_itself_out(string json, bool isAbove, bool isBelow)
    {
        Check(json, isAbove, static (ref reader) => reader.Double(Expected, 0, 1, aboveMinimum: true));
        Check(json, isBelow, static (ref reader) => reader.Double(Expected, 0, 1, belowMaximum: true));
        Check(json, isAbove, static (ref reader) => reader.Single(Expected, 0, 1, aboveMinimum: true));
        Check(json, isBelow, static (ref reader) => reader.Single(Expected, 0, 1, belowMaximum: true));
        Check(json, isAbove, static (ref reader) => reader.Decimal(Expected, 0, 1, aboveMinimum: true));
        Check(json, isBelow, static (ref reader) => reader.Decimal(Expected, 0, 1, belowMaximum: true));
    }

    [Fact]
    public void A_bound_holds_for_the_number_as_it_is_written()
    {
        Assert.Equal(0.7f, Value.Of("0.7", static (ref reader) => reader.Single("", minimum: 0.7)));
        Assert.Equal(0.30m, Value.Of("0.30", static (ref reader) => reader.Decimal("", maximum: 0.3m)));
    }

    [Theory]
    [InlineData("\"5\"")]
    [InlineData("true")]
    [InlineData("null")]
    [InlineData("[5]")]
    public void Only_a_number_is_a_number(string json)
    {
        Value.IsRefused(json, static (ref reader) => reader.Int32(Expected));
        Value.IsRefused(json, static (ref reader) => reader.UInt64(Expected));
        Value.IsRefused(json, static (ref reader) => reader.Double(Expected));
        Value.IsRefused(json, static (ref reader) => reader.Decimal(Expected));
    }

    private static void Check<T>(string json, bool fits, ValueContract<T>.Reading read)
    {
        if (fits)
        {
            Value.Of(json, read);
        }
        else
        {
            Value.IsRefused(json, read);
        }
    }
}
