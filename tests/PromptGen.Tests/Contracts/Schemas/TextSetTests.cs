using System.Text;
using PromptGen.Contracts.Schemas;

namespace PromptGen.Tests.Contracts.Schemas;

/// <summary>Sets of strings, found by bisection.</summary>
public sealed class TextSetTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(31)]
    [InlineData(32)]
    public void It_contains_its_strings_in_whatever_order_they_were_given_and_no_others(int count)
    {
        string[] texts = [.. Enumerable.Range(0, count).Select(static i => $"item {i * 7 % 32}")];
        var set = new TextSet(texts);

        Assert.All(texts, text => Assert.True(Contains(set, text)));
        Assert.All(["", "item", "item 0a", "item 99", "ITEM 0", "z", "é"], text => Assert.False(Contains(set, text)));
    }

    [Fact]
    public void Strings_are_equal_character_by_character()
    {
        var set = new TextSet("é", "E", "", "日本");

        Assert.All(["é", "E", "", "日本"], text => Assert.True(Contains(set, text)));
        Assert.All(["e\u0301", "e", " ", "日"], text => Assert.False(Contains(set, text)));
    }

    [Fact]
    public void The_strings_are_required() => Assert.Throws<ArgumentNullException>("texts", static () => new TextSet(null!));

    private static bool Contains(TextSet set, string text) => set.Contains(Encoding.UTF8.GetBytes(text));
}
