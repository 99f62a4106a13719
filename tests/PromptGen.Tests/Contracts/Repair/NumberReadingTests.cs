using PromptGen.Contracts;
using PromptGen.Contracts.Repair;

namespace PromptGen.Tests.Contracts.Repair;

/// <summary>Numbers that are written as text; null where the text is none, or can be read in two ways.</summary>
public sealed class NumberReadingTests
{
    [Theory]
    [InlineData("5", true, "5")]
    [InlineData("+5", true, "5")]
    [InlineData("-5", true, "-5")]
    [InlineData("\u22125", true, "-5")]
    [InlineData("**5**.", true, "5")]
    [InlineData("007", true, "7")]
    [InlineData("000", true, "0")]
    [InlineData(".5", false, "0.5")]
    [InlineData("-0.50", false, "-0.50")]
    [InlineData("1e3", false, "1e3")]
    [InlineData("1.5E-10", false, "1.5E-10")]
    [InlineData("1,234", true, "1234")]
    [InlineData("1,234", false, null)]
    [InlineData("1,234.5", false, "1234.5")]
    [InlineData("1,234,567", false, "1234567")]
    [InlineData("1_234", false, "1234")]
    [InlineData("12,34", true, null)]
    [InlineData("1.234,56", false, null)]
    [InlineData("five", true, null)]
    [InlineData("5 apples", true, null)]
    [InlineData("", true, null)]
    public void A_plain_number_is_what_JSON_would_have(string text, bool isInteger, string? expected)
    {
        Assert.Equal(expected, NumberReading.Find(text, isInteger, Tolerance.Lenient, new ReadingGuard(), out var rungs));
        Assert.Equal(Rungs.NumberText, rungs);
    }

    [Theory]
    [InlineData(64, true)]
    [InlineData(65, false)]
    public void A_longer_text_is_no_plain_number(int digits, bool isRead) =>
        Assert.Equal(isRead, NumberReading.Find(new string('1', digits), isInteger: true, Tolerance.Lenient, new ReadingGuard(), out _) is not null);

    [Theory]
    [InlineData("5 apples", "5", "FromProse")]
    [InlineData("about 5", "5", "FromProse")]
    [InlineData("~5", "5", "FromProse")]
    [InlineData("€ 5", "5", "Currency")]
    [InlineData("5 €", "5", "Currency")]
    [InlineData("x€5", "5", "Currency FromProse")]
    [InlineData("-$5", "-5", "Currency")]
    [InlineData("- 5", "-5", "")]
    [InlineData("5 %", "5", "Percent")]
    [InlineData("5 -ish", "5", "FromProse")]
    [InlineData("\u22125 apples", "-5", "FromProse")]
    [InlineData("5, or so", "5", "FromProse")]
    [InlineData("It is 1,234, as I said.", "1234", "FromProse")]
    [InlineData("6/2", "3", "Fraction")]
    [InlineData("-6 / 2", "-3", "Fraction")]
    [InlineData("7/2", null, null)]
    [InlineData("1/0", null, null)]
    [InlineData("6/2 apples", null, null)]
    [InlineData("5 or 6", null, null)]
    [InlineData("5-", null, null)]
    [InlineData("5 -%", null, null)]
    [InlineData("(5)", null, null)]
    [InlineData("- -5", null, null)]
    [InlineData("not 5", null, null)]
    [InlineData("not about 5", "5", "FromProse")]
    [InlineData("a5", null, null)]
    [InlineData("v./5", null, null)]
    [InlineData("12,34 apples", null, null)]
    [InlineData("none", null, null)]
    public void With_salvage_the_only_number_of_a_text_is_taken(string text, string? expected, string? rungs)
    {
        Assert.Equal(expected, NumberReading.Find(text, isInteger: true, Tolerance.Salvage, new ReadingGuard(), out var taken));
        if (rungs is not null)
        {
            Assert.Equal($"NumberText {rungs}".Trim(), string.Join(' ', taken.Names()));
        }
    }

    [Theory]
    [InlineData("7/2", "3.5")]
    [InlineData("6/2", "3")]
    [InlineData("0/7", "0")]
    [InlineData("7/0", null)]
    public void A_fraction_is_a_number(string text, string? expected) =>
        Assert.Equal(expected, NumberReading.Find(text, isInteger: false, Tolerance.Salvage, new ReadingGuard(), out _));

    [Theory]
    [InlineData(4096, true)]
    [InlineData(4097, false)]
    public void In_a_longer_text_no_number_is_looked_for(int length, bool isRead) =>
        Assert.Equal(isRead ? "5" : null, NumberReading.Find("5 ".PadRight(length, 'a'), isInteger: true, Tolerance.Salvage, new ReadingGuard(), out _));

    [Theory]
    [InlineData("2.5", "3")]
    [InlineData("2.4", "2")]
    [InlineData("-2.5", "-3")]
    [InlineData("1e-1", "0")]
    [InlineData("2", null)]
    [InlineData("2.0", null)]
    [InlineData("1e99", null)]
    [InlineData("a", null)]
    public void The_nearest_integer_is_away_from_zero_where_two_are(string number, string? expected) => Assert.Equal(expected, NumberReading.Round(number));
}
