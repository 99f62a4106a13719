namespace PromptGen.Tests.Routing;

/// <summary>The tags of a call are limited in number and length.</summary>
public sealed class PromptOptionsTests
{
    [Fact]
    public void There_are_none_unless_they_are_set()
    {
        var options = new PromptOptions();

        Assert.Equal((null, null), (options.Model, options.Tags));
    }

    [Fact]
    public void A_value_that_is_too_long_is_cut_and_the_dictionary_is_copied()
    {
        var tags = new Dictionary<string, string> { ["tenant"] = new('a', PromptOptions.MaxTagValueLength + 1) };

        var options = new PromptOptions { Tags = tags };
        tags.Clear();

        Assert.Equal(new string('a', PromptOptions.MaxTagValueLength), Assert.Single(options.Tags).Value);
    }

    [Theory]
    [InlineData(PromptOptions.MaxTags, PromptOptions.MaxTagNameLength, true)]
    [InlineData(PromptOptions.MaxTags + 1, PromptOptions.MaxTagNameLength, false)]
    [InlineData(PromptOptions.MaxTags, PromptOptions.MaxTagNameLength + 1, false)]
    public void Their_number_and_names_are_limited(int count, int length, bool isAllowed)
    {
        var tags = Enumerable.Range(0, count).ToDictionary(number => number.ToString("D" + length, System.Globalization.CultureInfo.InvariantCulture), _ => "value");

        var error = Record.Exception(() => new PromptOptions { Tags = tags });

        Assert.Equal(isAllowed, error is null);
        Assert.True(isAllowed || error is ArgumentException);
    }

    [Fact]
    public void A_name_is_not_empty() =>
        Assert.Throws<ArgumentException>(() => new PromptOptions { Tags = new Dictionary<string, string> { [""] = "value" } });
}
