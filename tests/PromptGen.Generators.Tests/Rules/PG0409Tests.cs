namespace PromptGen.Generators.Tests.Rules;

/// <summary>A router costs less than it can save.</summary>
public sealed class PG0409Tests
{
    [Theory]
    [InlineData("Tier.General", "")]
    [InlineData("Tier.General, MaxOutputTokens = 1_000", "")]
    public Task Fires(string router, string more) => Rule.VerifyAsync(Desk(router, "{|PG0409:nameof(KindOfAsync)|}" + more));

    [Theory]
    [InlineData("Tier.Fast, MaxOutputTokens = 20")]
    [InlineData("Tier.General, MaxOutputTokens = 20")]
    public Task Stays_silent(string router) => Rule.VerifyAsync(Desk(router, "nameof(KindOfAsync)"));

    [Fact]
    public Task Stays_silent_where_the_step_of_a_case_has_no_model() => Rule.VerifyAsync(Desk("Tier.General", "nameof(KindOfAsync)").Replace("Kind.Complex, Tier.General", "Kind.Complex, {|PG0402:{|PG0403:Tier.Deep|}|}", StringComparison.Ordinal));

    private static string Desk(string router, string source) => $$$"""
        public enum Kind { Simple, Complex }

        public sealed partial class Desk
        {
            [RoutedPrompt({{{router}}})]
            [PromptTemplate("What kind of ticket is this? {{ticket}}")]
            public partial Task<Kind> KindOfAsync(string ticket);

            [RoutedPrompt(Tier.Fast, EscalateTo = Tier.General, MaxOutputTokens = 300)]
            [PromptTemplate("{{ticket}}")]
            [RouteBy({{{source}}})]
            [RouteCase(Kind.Simple, Tier.Fast)]
            [RouteCase(Kind.Complex, Tier.General)]
            public partial Task<Triage> AskAsync(string ticket);
        }
        """;
}
