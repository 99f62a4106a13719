using PromptGen.CodeFixes;

namespace PromptGen.Generators.Tests.CodeFixes;

/// <summary>PG0202: a placeholder is renamed, or gets its parameter, inside any kind of literal.</summary>
public sealed class PlaceholderCodeFixTests
{
    [Theory]
    [InlineData("\"a\\t\\\"{{tikcet}}\\\"\"", "\"a\\t\\\"{{ticket}}\\\"\"")]
    [InlineData("@\"a\\b \"\"{{tikcet}}\"\"\"", "@\"a\\b \"\"{{ticket}}\"\"\"")]
    [InlineData("\"\"\"\"{{tikcet}}\" \"\"\"", "\"\"\"\"{{ticket}}\" \"\"\"")]
    [InlineData("\"\"\"\n        first\n          {{tikcet}}\n        \"\"\"", "\"\"\"\n        first\n          {{ticket}}\n        \"\"\"")]
    [InlineData("\"{{ticket.Lenght}}\"", "\"{{ticket.Length}}\"")]
    [InlineData("\"{{#each lines}}{{ticket}}{{/each}}\"", "\"{{#each lines}}{{../ticket}}{{/each}}\"")]
    public async Task Renames(string before, string after)
    {
        var titles = await Fixing.TitlesAsync(new PlaceholderCodeFix(), Source(before));
        var title = Assert.Single(titles, static title => title.StartsWith("Change to ", StringComparison.Ordinal));

        await Fixing.VerifyAsync(new PlaceholderCodeFix(), title, Source(before), Source(after));
    }

    [Theory]
    [InlineData("string ticket, Line[] lines", "string ticket, Line[] lines, string product")]
    [InlineData("", "string product")]
    [InlineData("string ticket, CancellationToken cancellationToken", "string ticket, string product, CancellationToken cancellationToken")]
    [InlineData("string ticket, int most = 3", "string ticket, string product, int most = 3")]
    [InlineData("string ticket, params Line[] lines", "string ticket, string product, params Line[] lines")]
    [InlineData("CancellationToken cancellationToken = default", "string product, CancellationToken cancellationToken = default")]
    public Task Adds_a_parameter(string before, string after) => Fixing.VerifyAsync(
        new PlaceholderCodeFix(), "Add parameter 'string product'", Source("\"For {{product}}\"", before), Source("\"For {{product}}\"", after));

    [Fact]
    public Task Renames_all_at_once() => Fixing.VerifyAllAsync(
        new PlaceholderCodeFix(), "rename", Source("\"{{tikcet}} {{tickett}} {{ticket.Lenght}}\""), Source("\"{{ticket}} {{ticket}} {{ticket.Length}}\""));

    [Fact]
    public Task Adds_a_parameter_once_for_all_placeholders_of_its_name() => Fixing.VerifyAllAsync(
        new PlaceholderCodeFix(), "parameter", Source("\"{{product}} {{product}}\"", ""), Source("\"{{product}} {{product}}\"", "string product"));

    [Fact]
    public async Task Adds_no_parameter_for_a_member() =>
        Assert.Equal(["Change to 'Length'"], await Fixing.TitlesAsync(new PlaceholderCodeFix(), Source("\"{{ticket.Lenght}}\"")));

    [Fact]
    public async Task Offers_nothing_where_the_text_is_put_together() =>
        Assert.Empty(await Fixing.TitlesAsync(new PlaceholderCodeFix(), Source("\"{{tikcet\" + \"}}\"")));

    private static string Source(string template, string parameters = "string ticket, Line[] lines") => $$"""
        public sealed record Line(int Number, string Text);

        public sealed partial class Desk
        {
            [RoutedPrompt(Tier.Fast)]
            [PromptTemplate({{template}})]
            public partial Task<Triage> AskAsync({{parameters}});
        }
        """;
}
