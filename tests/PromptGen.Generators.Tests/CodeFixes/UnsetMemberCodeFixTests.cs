using PromptGen.CodeFixes;

namespace PromptGen.Generators.Tests.CodeFixes;

/// <summary>PG0308: a property of an output type becomes one that answers can set.</summary>
public sealed class UnsetMemberCodeFixTests
{
    [Theory]
    [InlineData("{ get; private set; } = \"\";", "Make 'set' of 'Why' public", "{ get; set; } = \"\";")]
    [InlineData("{ get; private init; } = \"\";", "Make 'init' of 'Why' public", "{ get; init; } = \"\";")]
    [InlineData("{ get; } = \"\";", "Add 'init' to 'Why'", "{ get; init; } = \"\";")]
    public Task Lets_answers_set_it(string accessors, string title, string changed) => Fixing.VerifyAsync(
        new UnsetMemberCodeFix(), title, Desk(accessors), Desk(changed));

    [Fact]
    public async Task Leaves_a_field() => Assert.Empty(await Fixing.TitlesAsync(new UnsetMemberCodeFix(), Desk("").Replace("public string Why", "public readonly string? Why;", StringComparison.Ordinal)));

    private static string Desk(string accessors) => $$$"""
        public sealed record Verdict(bool Ok)
        {
            public string Why {{{accessors}}}
        }

        public sealed partial class Desk
        {
            [RoutedPrompt(Tier.Fast)]
            [PromptTemplate("{{ticket}}")]
            public partial Task<Verdict> AskAsync(string ticket);
        }
        """;
}
