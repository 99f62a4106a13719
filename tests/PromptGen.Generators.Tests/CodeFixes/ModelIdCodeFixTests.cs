using PromptGen.CodeFixes;

namespace PromptGen.Generators.Tests.CodeFixes;

/// <summary>PG0401: an unknown id becomes the catalog's constant.</summary>
public sealed class ModelIdCodeFixTests
{
    [Theory]
    [InlineData("\"gpt-4o-mini-2024-07-08\"", "Models.Mini")]
    [InlineData("Models.Mini, @\"claude-3-5-sonet-20241022\"", "Models.Mini, Models.Sonnet")]
    [InlineData("new[] { Models.Mini, \"claude-3-5-sonet-20241022\" }", "new[] { Models.Mini, Models.Sonnet }")]
    [InlineData("Tier.Fast, Fallbacks = [\"llama3.1:7b\"]", "Tier.Fast, Fallbacks = [Models.Llama]")]
    [InlineData("Known.Mini", "Models.Mini")]
    public Task Writes_the_constant(string before, string after) => Fixing.VerifyAsync(
        new ModelIdCodeFix(), Assert.Single(Titles, title => title.For == after[(after.LastIndexOf('.') + 1)..].TrimEnd(']', '}', ' ')).Title, Source(before), Source(after));

    [Fact]
    public Task Writes_all_at_once() => Fixing.VerifyAllAsync(
        new ModelIdCodeFix(), "model", Source("\"gpt-4o-mini-2024-07-08\", \"claude-3-5-sonet-20241022\""), Source("Models.Mini, Models.Sonnet"));

    [Fact]
    public async Task Offers_nothing_where_no_id_is_near() =>
        Assert.Empty(await Fixing.TitlesAsync(new ModelIdCodeFix(), Source("\"something-else-entirely\"")));

    private static readonly (string For, string Title)[] Titles =
    [
        ("Mini", "Change to 'gpt-4o-mini-2024-07-18'"),
        ("Sonnet", "Change to 'claude-3-5-sonnet-20241022'"),
        ("Llama", "Change to 'llama3.1:70b'"),
    ];

    private static string Source(string route) => $$$"""
        public static class Known
        {
            public const string Mini = "gpt-4o-mini-2024-07-08";
        }

        public sealed partial class Desk
        {
            [RoutedPrompt({{{route}}})]
            [PromptTemplate("{{ticket}}")]
            public partial Task<Triage> AskAsync(string ticket);
        }
        """;
}
