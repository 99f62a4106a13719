using PromptGen.Generators.Tests.Harness;

namespace PromptGen.Generators.Tests.Pipeline;

/// <summary>What is written for prompts that ask the next model of a step too where the first one takes too long.</summary>
public sealed class HedgeTests
{
    private const string Source = """
        namespace Acme;

        public sealed partial class Helper
        {
            [RoutedPrompt(Tier.Fast, EscalateTo = Tier.General, MaxOutputTokens = 300, HedgeAfter = 1.5)]
            [PromptTemplate("{{question}}")]
            public partial Task<string> AnswerAsync(string question, CancellationToken cancellationToken = default);

            [RoutedPrompt(Tier.Fast, HedgeAfter = 0.8)]
            [PromptTemplate("{{question}}")]
            public partial IAsyncEnumerable<string> TellAsync(string question, CancellationToken cancellationToken = default);

            [RoutedPrompt(Models.Mini, Fallbacks = [Models.Haiku], HedgeAfter = 2)]
            public partial Microsoft.Extensions.AI.IChatClient Chat();
        }
        """;

    [Fact]
    public void They_compile_without_a_complaint() => Assert.Empty(Project(Source).Output.Complaints());

    [Fact]
    public void A_hedge() => Snapshot.Verify(Project(Source).Files["Acme.Helper.AnswerAsync.g.cs"]);

    [Theory]
    [InlineData("AnswerAsync", "//   hedge        asks the next model of the step too after 1.5 s without an answer; the first accepted answer is returned")]
    [InlineData("TellAsync", "//   hedge        asks the next model of the step too after 0.8 s without a first item; the first accepted answer is returned")]
    [InlineData("Chat", "//   hedge        asks the next model of the step too after 2 s without an answer; the first accepted answer is returned")]
    [InlineData("Chat", "HedgeAfter = global::System.TimeSpan.FromSeconds(2d),")]
    public void It_is_in_comment_and_definition(string method, string line) => Assert.Contains(line, Project(Source).Files[$"Acme.Helper.{method}.g.cs"], StringComparison.Ordinal);

    [Fact]
    public void Its_time_is_part_of_the_version() => Assert.Equal(
        3,
        new[] { ", HedgeAfter = 1.5", ", HedgeAfter = 1.4", "" }
            .Select(static hedge => Project(Source.Replace(", HedgeAfter = 1.5", hedge, StringComparison.Ordinal)).Files["Acme.Helper.AnswerAsync.g.cs"])
            .Select(static file => file.Split('\n').First(static line => line.Contains("  version ", StringComparison.Ordinal)))
            .Distinct()
            .Count());

    private static Generation Project(string source) => new([Sources.Models, source]);
}
