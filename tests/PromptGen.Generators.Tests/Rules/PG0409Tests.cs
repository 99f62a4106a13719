namespace PromptGen.Generators.Tests.Rules;

/// <summary>A router costs less than it can save.</summary>
public sealed class PG0409Tests
{
    [Theory]
    [InlineData("Tier.General", "")]
    [InlineData("Tier.General, MaxOutputTokens = 500", "")]
    public Task Fires(string router, string more) => Rule.VerifyAsync(Desk(router, "{|PG0409:nameof(KindOfAsync)|}" + more));

    [Theory]
    [InlineData("Tier.Fast, MaxOutputTokens = 20")]
    [InlineData("Tier.General, MaxOutputTokens = 20")]
    public Task Stays_silent(string router) => Rule.VerifyAsync(Desk(router, "nameof(KindOfAsync)"));

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
