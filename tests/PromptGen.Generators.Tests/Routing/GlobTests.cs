using PromptGen.Generators.Text;

namespace PromptGen.Generators.Tests.Routing;

public sealed class GlobTests
{
    [Theory]
    [InlineData("claude*", "claude-3-5-haiku", true)]
    [InlineData("*haiku*", "claude-3-5-haiku-20241022", true)]
    [InlineData("CLAUDE*", "claude-3", true)]
    [InlineData("gpt-4?-mini", "gpt-4o-mini", true)]
    [InlineData("gpt-4?-mini", "gpt-4-mini", false)]
    [InlineData("*", "", true)]
    [InlineData("", "", true)]
    [InlineData("", "a", false)]
    [InlineData("a*b*c", "a-b-b-c", true)]
    [InlineData("a*b*c", "a-b-b", false)]
    [InlineData("gpt.4", "gpt-4", false)]
    public void Matches_as_people_expect(string pattern, string text, bool expected) => Assert.Equal(expected, Glob.IsMatch(pattern, text));

    [Fact]
    public void Many_stars_on_a_long_text_end_soon() => Assert.False(Glob.IsMatch(string.Concat(Enumerable.Repeat("*a", 50)) + "b", new string('a', 10_000)));
}
