namespace PromptGen.Generators.Tests.Rules;

/// <summary>What cannot be read from JSON cannot be an output.</summary>
public sealed class PG0301Tests
{
    [Theory]
    [InlineData("dynamic")]
    [InlineData("Stream")]
    [InlineData("Action")]
    [InlineData("Func<int>")]
    [InlineData("IFormattable")]
    [InlineData("Dictionary<DateOnly, string>")]
    public Task Fires(string output) => Rule.VerifyAsync($$$"""
        using System.IO;

        public sealed partial class Desk
        {
            [RoutedPrompt(Tier.Fast)]
            [PromptTemplate("{{ticket}}")]
            public partial {|PG0301:Task<{{{output}}}>|} AskAsync(string ticket);
        }
        """);

    [Fact]
    public async Task Marks_the_member_and_names_its_path()
    {
        var diagnostics = await Rule.VerifyAsync("""
            public sealed record Part(Type {|PG0301:Value|});

            public sealed record Report(string Title, Part[] Parts);

            public sealed partial class Desk
            {
                [RoutedPrompt(Tier.Fast)]
                [PromptTemplate("{{ticket}}")]
                public partial Task<Report> AskAsync(string ticket);
            }
            """);

        Assert.Contains("Parts", diagnostics.Message("PG0301"), StringComparison.Ordinal);
        Assert.Contains("Value", diagnostics.Message("PG0301"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("IAsyncEnumerable<PromptResult<Triage>>", "PromptResult can't be streamed or be part of an answer: return IAsyncEnumerable<Triage>, or name that type")]
    [InlineData("Task<Microsoft.Extensions.AI.IChatClient>", "return IChatClient itself, not a task")]
    public async Task Fires_with_what_to_return_instead(string result, string remedy)
    {
        var diagnostics = await Rule.VerifyAsync($$$"""
            public sealed partial class Desk
            {
                [RoutedPrompt(Tier.Fast)]
                [PromptTemplate("{{ticket}}")]
                public partial {|PG0301:{{{result}}}|} AskAsync(string ticket);
            }
            """);

        Assert.EndsWith(": " + remedy, diagnostics.Message("PG0301"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Triage")]
    [InlineData("string")]
    [InlineData("bool")]
    [InlineData("Queue")]
    [InlineData("List<Triage>")]
    [InlineData("DateOnly?")]
    public Task Stays_silent(string output) => Rule.VerifyAsync($$$"""
        public sealed partial class Desk
        {
            [RoutedPrompt(Tier.Fast)]
            [PromptTemplate("{{ticket}}")]
            public partial Task<{{{output}}}> AskAsync(string ticket);
        }
        """);
}
