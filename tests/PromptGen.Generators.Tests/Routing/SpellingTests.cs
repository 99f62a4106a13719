using PromptGen.Generators.Routing;

namespace PromptGen.Generators.Tests.Routing;

public sealed class SpellingTests
{
    [Theory]
    [InlineData("tiket", "ticket")]
    [InlineData("Ticket", "ticket")]
    [InlineData("prodct", "product")]
    [InlineData("customer", null)]
    [InlineData("", null)]
    public void The_nearest_name_is_what_was_meant(string written, string? expected) =>
        Assert.Equal(expected, Spelling.Nearest(written, ["ticket", "product"]));
}
