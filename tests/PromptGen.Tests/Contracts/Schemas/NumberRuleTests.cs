using System.Text;
using System.Text.Json;
using PromptGen.Contracts.Schemas;

namespace PromptGen.Tests.Contracts.Schemas;

/// <summary>Bounds of numbers, which hold exactly for integers of 64 bits, for numbers of few digits, and for all others.</summary>
public sealed class NumberRuleTests
{
    [Theory]
    [InlineData("1", "0 0.5 0.99 -1 1e-1", "1 1.0 1.01 2 1e1 1e400")]
    [InlineData("1.5", "1 1.4 1.49 -2", "1.5 1.50 1.6 2")]
    [InlineData("-1.5", "-2 -1.6 -1e1", "-1.5 -1 0 1")]
    [InlineData("12345678901234567890", "12345678901234567889 1", "12345678901234567890 12345678901234567891 1e30")]
    [InlineData("123456789012345678", "123456789012345677", "123456789012345678")]
    [InlineData("1234567890123456789", "1234567890123456788", "1234567890123456789")]
    [InlineData("1e2", "99 99.9 9e1", "100 100.1 1e2")]
    public void A_minimum_is_allowed_itself(string minimum, string refused, string allowed) => AssertAllows(new NumberRule(minimum: minimum), refused, allowed);

    [Theory]
    [InlineData("1", "1 1.0 0 0.99 1e0", "2 1.01 1e1")]
    [InlineData("1.5", "1 1.5 1.50", "2 1.51")]
    [InlineData("-1.5", "-2 -1.5", "-1 -1.49 0")]
    [InlineData("12345678901234567890", "12345678901234567890 1", "12345678901234567891")]
    [InlineData("123456789012345678", "123456789012345678", "123456789012345679")]
    [InlineData("1234567890123456789", "1234567890123456789", "1234567890123456790")]
    public void A_lower_bound_that_is_exclusive_is_refused_itself(string above, string refused, string allowed) => AssertAllows(new NumberRule(above: above), refused, allowed);

    [Theory]
    [InlineData("5", "6 5.01 1e1 1e400", "5 5.0 4.99 0 -1 5e0")]
    [InlineData("5.5", "6 5.6", "5 5.5 5.50")]
    [InlineData("-5.5", "-5 -5.4 0", "-6 -5.5")]
    [InlineData("12345678901234567890", "12345678901234567891 1e30", "12345678901234567890 1")]
    [InlineData("123456789012345678", "123456789012345679", "123456789012345678")]
    [InlineData("1234567890123456789", "1234567890123456790", "1234567890123456789")]
    public void A_maximum_is_allowed_itself(string maximum, string refused, string allowed) => AssertAllows(new NumberRule(maximum: maximum), refused, allowed);

    [Theory]
    [InlineData("5", "5 5.0 6 5e0", "4 4.99 -1")]
    [InlineData("5.5", "6 5.5", "5 5.49")]
    [InlineData("-5.5", "-5 -5.5", "-6 -5.51")]
    [InlineData("12345678901234567890", "12345678901234567890", "12345678901234567889 1")]
    [InlineData("123456789012345678", "123456789012345678", "123456789012345677")]
    [InlineData("1234567890123456789", "1234567890123456789", "1234567890123456788")]
    public void An_upper_bound_that_is_exclusive_is_refused_itself(string below, string refused, string allowed) => AssertAllows(new NumberRule(below: below), refused, allowed);

    [Theory]
    [InlineData("3", "10 9.5 1e1 -1", "9 0 -9 9.0 3e2")]
    [InlineData("1", "1.5 15e-1", "1 0 -7 1.0 1e9")]
    [InlineData("0.5", "7.25 0.1", "7 7.5 0 -0.5")]
    [InlineData("1.5", "4 1 1.6", "3 4.5 0")]
    [InlineData("1e2", "50 150", "200 1e3")]
    [InlineData("123456789012345678", "123456789012345679", "123456789012345678 246913578024691356")]
    public void A_multiple_is_allowed(string multipleOf, string refused, string allowed) => AssertAllows(new NumberRule(multipleOf: multipleOf), refused, allowed);

    [Fact]
    public void The_narrower_of_two_bounds_holds()
    {
        AssertAllows(new NumberRule(minimum: "3", above: "1"), "2 2.5", "3");
        AssertAllows(new NumberRule(minimum: "1", above: "3"), "3 2 3.0", "4 3.1");
        AssertAllows(new NumberRule(maximum: "5", below: "9"), "6 5.5", "5");
        AssertAllows(new NumberRule(maximum: "9", below: "5"), "5 6 5.0", "4 4.9");
        AssertAllows(new NumberRule(minimum: "1", maximum: "9", multipleOf: "3"), "0 2 12", "3 9");
        AssertAllows(new NumberRule(), "", "0 -1 1.5 1e400 123456789012345678901234567890");
    }

    private static void AssertAllows(NumberRule rule, string refused, string allowed)
    {
        Assert.All(refused.Split(' ', StringSplitOptions.RemoveEmptyEntries), number => Assert.False(Allows(rule, number), number));
        Assert.All(allowed.Split(' ', StringSplitOptions.RemoveEmptyEntries), number => Assert.True(Allows(rule, number), number));
    }

    private static bool Allows(NumberRule rule, string number)
    {
        var tokens = new Utf8JsonReader(Encoding.ASCII.GetBytes(number));
        Assert.True(tokens.Read());
        return rule.Allows(ref tokens);
    }
}
