using PromptGen.Contracts;
using PromptGen.Contracts.Repair;

namespace PromptGen.Tests.Contracts.Repair;

/// <summary>Which of an enum's names a text stands for.</summary>
public sealed class NameReadingTests
{
    [Theory]
    [InlineData("Low", "Low", "")]
    [InlineData(" Low\n", "Low", "Name")]
    [InlineData("low", "Low", "Case")]
    [InlineData(" LOW ", "Low", "Case")]
    [InlineData("very high", "Very-High", "Name")]
    [InlineData("**Low**", "Low", "Name")]
    [InlineData("Low: it can wait", "Low", "Prose Name")]
    [InlineData(": Low", "Low", "Name")]
    [InlineData("Low\nbecause: it can wait", null, "")]
    [InlineData("It is low", null, "")]
    [InlineData("", null, "")]
    public void A_name_is_meant_beyond_doubt(string text, string? expected, string rungs) => AssertRead(["Low", "Very-High"], text, Tolerance.Lenient, expected, rungs);

    [Theory]
    [InlineData("It is low", "Low")]
    [InlineData("It is very high, I think", "Very-High")]
    [InlineData("Low, low, or high", "Low")]
    [InlineData("It is low or high", null)]
    [InlineData("It is not low", null)]
    [InlineData("It is very", null)]
    [InlineData("very low", "Low")]
    [InlineData("None of these", null)]
    public void With_salvage_the_name_that_occurs_most_often_is_taken(string text, string? expected) =>
        AssertRead(["Low", "High", "Very-High"], text, Tolerance.Salvage, expected, "FromProse");

    [Fact]
    public void Names_with_signs_are_not_searched_in_prose() => AssertRead(["C", "C#"], "I would take C", Tolerance.Salvage, null, "");

    [Fact]
    public void Of_no_names_none_is_found() => AssertRead([], "Low", Tolerance.Salvage, null, "");

    [Theory]
    [InlineData("not")]
    [InlineData("no")]
    [InlineData("never")]
    [InlineData("neither")]
    [InlineData("nor")]
    [InlineData("without")]
    [InlineData("isn't")]
    [InlineData("aren't")]
    [InlineData("wasn't")]
    [InlineData("cannot")]
    public void A_name_behind_a_negation_is_not_taken(string word) => AssertRead(["Low", "High"], $"it {word} low", Tolerance.Salvage, null, "");

    private static void AssertRead(string[] names, string text, Tolerance tolerance, string? expected, string rungs)
    {
        Assert.Equal(expected, NameReading.Find(new NameIndex(names), text, tolerance, new ReadingGuard(), out var taken));
        if (expected is not null)
        {
            Assert.Equal(rungs, string.Join(' ', taken.Names()));
        }
    }
}
