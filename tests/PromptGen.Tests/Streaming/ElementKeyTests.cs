using PromptGen.Contracts;
using PromptGen.Streaming;

namespace PromptGen.Tests.Streaming;

/// <summary>When two elements of a list are the same: one that a continuation repeats makes no item.</summary>
public sealed class ElementKeyTests
{
    [Theory]
    [InlineData("""{"a":1,"b":"ä"}""", """{ "b": "\u00e4", "a": 1.0 }""", true)]
    [InlineData("""{"a":1}""", """{"a":2}""", false)]
    [InlineData("{a:1}", "{a:1}", true)]
    [InlineData("{a:1}", "{a: 1}", false)]
    [InlineData("{a:1}", """{"a":1}""", false)]
    public void Elements_are_equal_by_value_and_what_is_no_JSON_by_its_text(string one, string other, bool areEqual)
    {
        var (first, second) = (new ElementKey(one, new ReadingGuard()), new ElementKey(other, new ReadingGuard()));

        Assert.Equal(areEqual, first.Equals(second));
        Assert.Equal(areEqual, new HashSet<ElementKey> { first }.Contains(second));
    }

    [Theory]
    [InlineData("\"a\"", true)]
    [InlineData("{}", true)]
    [InlineData("[]", true)]
    [InlineData("1", false)]
    [InlineData("true", false)]
    public void Numbers_and_truth_values_are_not_distinctive(string text, bool isDistinctive) =>
        Assert.Equal(isDistinctive, new ElementKey(text, new ReadingGuard()).IsDistinctive);
}
