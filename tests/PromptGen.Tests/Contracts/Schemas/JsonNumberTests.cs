using System.Text;
using PromptGen.Contracts.Schemas;

namespace PromptGen.Tests.Contracts.Schemas;

/// <summary>JSON numbers by their value, regardless of notation and size.</summary>
public sealed class JsonNumberTests
{
    private static readonly string[] s_ascending =
    [
        "-1e400", "-100", "-99", "-10", "-9.5", "-1.01", "-1", "-0.5", "-0.05", "-0.01", "0", "1e-400", "0.001", "0.01", "0.011", "0.1", "0.5", "0.99", "1", "1.01", "1.1", "1.11", "2",
        "9", "9.99", "10", "10.01", "12", "12.5", "99", "100", "101", "123456789012345678901234567890", "123456789012345678901234567891", "1e400", "1.5e400", "1e99999999999",
    ];

    [Fact]
    public void Numbers_of_any_size_are_compared_exactly()
    {
        for (var i = 0; i < s_ascending.Length; i++)
        {
            for (var j = 0; j < s_ascending.Length; j++)
            {
                Assert.True(i.CompareTo(j) == Math.Sign(Of(s_ascending[i]).CompareTo(Of(s_ascending[j]))), $"{s_ascending[i]} and {s_ascending[j]}");
            }
        }
    }

    [Theory]
    [InlineData("1", "1.0")]
    [InlineData("1", "1e0")]
    [InlineData("1", "10E-1")]
    [InlineData("10", "1e1")]
    [InlineData("10", "1E+1")]
    [InlineData("0.1", "1e-1")]
    [InlineData("0.1", "0.10")]
    [InlineData("0.011", "1.1e-2")]
    [InlineData("100", "1.00e2")]
    [InlineData("123", "1230e-1")]
    [InlineData("12.5", "0.125e2")]
    [InlineData("12.5", "12.50")]
    [InlineData("-12.5", "-1.25e1")]
    [InlineData("0", "-0")]
    [InlineData("0", "0.000")]
    [InlineData("0", "0e5")]
    [InlineData("0", "-0.0e-5")]
    public void Other_notations_of_a_number_are_equal_to_it(string one, string other)
    {
        Assert.Equal(0, Of(one).CompareTo(Of(other)));
        Assert.Equal(0, Of(other).CompareTo(Of(one)));
        Assert.Equal(Of(one).GetValueHash(), Of(other).GetValueHash());
        Assert.Equal((Of(one).Scale, Of(one).IsInteger, Of(one).IsZero), (Of(other).Scale, Of(other).IsInteger, Of(other).IsZero));
    }

    [Fact]
    public void Different_numbers_have_different_hashes() => Assert.Equal(s_ascending.Length, s_ascending.Select(static number => Of(number).GetValueHash()).Distinct().Count());

    [Theory]
    [InlineData("0", 0)]
    [InlineData("1", 0)]
    [InlineData("10", 1)]
    [InlineData("1200", 2)]
    [InlineData("1.5", -1)]
    [InlineData("1.50", -1)]
    [InlineData("0.001", -3)]
    [InlineData("10.01", -2)]
    [InlineData("100.0", 2)]
    [InlineData("1e3", 3)]
    [InlineData("15e-1", -1)]
    [InlineData("150e-1", 0)]
    [InlineData("1.5e1", 0)]
    [InlineData("1.25e1", -1)]
    [InlineData("-0.5e1", 0)]
    public void The_scale_is_the_power_of_ten_of_the_last_digit(string number, int scale)
    {
        Assert.Equal(scale, Of(number).Scale);
        Assert.Equal(scale >= 0, Of(number).IsInteger);
    }

    [Theory]
    [InlineData("7", "0.5", true)]
    [InlineData("7.25", "0.5", false)]
    [InlineData("7.5", "0.5", true)]
    [InlineData("0.3", "0.1", true)]
    [InlineData("0.35", "0.1", false)]
    [InlineData("1.1", "0.11", true)]
    [InlineData("-21", "7", true)]
    [InlineData("-22", "7", false)]
    [InlineData("0", "7", true)]
    [InlineData("1e2", "8", false)]
    [InlineData("1e3", "8", true)]
    [InlineData("5e1", "25", true)]
    [InlineData("6e1", "25", false)]
    [InlineData("1e16", "131072", false)]
    [InlineData("1e17", "131072", true)]
    [InlineData("1e30", "3", false)]
    [InlineData("3e30", "3", true)]
    [InlineData("1e400", "7", false)]
    [InlineData("7e400", "7", true)]
    [InlineData("1e6", "999999", false)]
    [InlineData("999999e6", "999999", true)]
    [InlineData("12345678901234567890123456789", "7", true)]
    [InlineData("12345678901234567890123456789", "9", true)]
    [InlineData("12345678901234567890123456789", "11", false)]
    [InlineData("1.5", "1e1", false)]
    [InlineData("20", "1e1", true)]
    [InlineData("25", "1e1", false)]
    public void A_multiple_leaves_no_remainder(string number, string divisor, bool expected) => Assert.Equal(expected, Of(number).IsMultipleOf(Of(divisor)));

    private static JsonNumber Of(string text) => new(Encoding.ASCII.GetBytes(text));
}
