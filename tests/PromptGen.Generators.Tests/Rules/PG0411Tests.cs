using System.Globalization;

namespace PromptGen.Generators.Tests.Rules;

/// <summary>A judge is another model than those whose answers it compares.</summary>
public sealed class PG0411Tests
{
    [Theory]
    [InlineData("Models.Mini", "gpt-4o-mini-2024-07-18")]
    [InlineData("Tier.Fast", "gpt-4o-mini-2024-07-18")]
    [InlineData("Models.Haiku, Models.Sonnet", "claude-3-5-haiku-20241022")]
    public async Task Fires(string route, string voter)
    {
        var diagnostics = await Rule.VerifyAsync(Desk(route, "{|PG0411:nameof(PickAsync)|}"));

        Assert.Equal(
            $"The judge 'PickAsync' is answered by '{voter}', which is a member of the ensemble: models prefer their own answers, so route the judge to another model",
            Assert.Single(diagnostics, static one => one.Id == "PG0411").GetMessage(CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("Models.Sonnet")]
    [InlineData("Models.Sonnet, Models.Mini")]
    public Task Stays_silent(string route) => Rule.VerifyAsync(Desk(route, "nameof(PickAsync)"));

    private static string Desk(string route, string judge) => $$$"""
        #pragma warning disable PG0403, PG0404, PG0406
        public sealed partial class Desk
        {
            [RoutedPrompt({{{route}}})]
            [PromptTemplate("{{ticket}} {{json candidates}}")]
            public partial Task<int> PickAsync(string ticket, System.Collections.Generic.IReadOnlyList<Triage> candidates);

            [RoutedPrompt(Models.Sonnet)]
            [PromptTemplate("{{ticket}}")]
            [Ensemble(Models.Mini, Models.Haiku, Judge = {{{judge}}})]
            public partial Task<Triage> AskAsync(string ticket);
        }
        """;
}
