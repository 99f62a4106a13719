using PromptGen.CodeFixes;

namespace PromptGen.Generators.Tests.CodeFixes;

/// <summary>PG0408: each value without a case gets one.</summary>
public sealed class RouteCaseCodeFixTests
{
    private const string Add = "Add the missing cases";

    [Theory]
    [InlineData("Plan", "Plan.Pro", "[RouteCase(Plan.Free, Tier.Fast)]\n    [RouteCase(Plan.@class, Tier.Fast)]")]
    [InlineData("Plan?", "Plan.Free", "[RouteCase(Plan.Pro, Tier.Fast)]\n    [RouteCase(Plan.@class, Tier.Fast)]\n    [RouteCase(null, Tier.Fast)]")]
    [InlineData("bool", "true", "[RouteCase(false, Tier.Fast)]")]
    public Task Adds_them_at_the_first_step(string type, string known, string added) => Fixing.VerifyAsync(
        new RouteCaseCodeFix(), Add, Desk(type, $"[RouteCase({known}, Tier.General)]"), Desk(type, $"[RouteCase({known}, Tier.General)]\n    {added}"));

    [Fact]
    public Task Names_the_first_model_of_a_route_of_models() => Fixing.VerifyAsync(
        new RouteCaseCodeFix(),
        Add,
        Desk("bool", "[RouteCase(true, Models.Sonnet)]").Replace("Tier.Fast, EscalateTo = Tier.General", "Models.Mini, Models.Sonnet", StringComparison.Ordinal),
        Desk("bool", "[RouteCase(true, Models.Sonnet)]\n    [RouteCase(false, Models.Mini)]").Replace("Tier.Fast, EscalateTo = Tier.General", "Models.Mini, Models.Sonnet", StringComparison.Ordinal));

    [Fact]
    public Task Stays_on_the_line_where_the_cases_are() => Fixing.VerifyAsync(
        new RouteCaseCodeFix(), Add, Desk("bool", "").Replace("(value))]\n    ", "(value))] [RouteCase(true, Tier.General)] ", StringComparison.Ordinal), Desk("bool", "").Replace("(value))]\n    ", "(value))] [RouteCase(true, Tier.General)] [RouteCase(false, Tier.Fast)] ", StringComparison.Ordinal));

    [Fact]
    public async Task Offers_nothing_for_a_case_that_names_no_value() =>
        Assert.Empty(await Fixing.TitlesAsync(new RouteCaseCodeFix(), Desk("bool", "[RouteCase(true, Tier.Fast)] [RouteCase(false, Tier.Fast)] [RouteCase(3, Tier.Fast)]")));

    private static string Desk(string type, string cases) => $$$"""
        public enum Plan { Free, Pro, @class }

        public sealed partial class Desk
        {
            [RoutedPrompt(Tier.Fast, EscalateTo = Tier.General)]
            [PromptTemplate("{{ticket}}")]
            [RouteBy(nameof(value))]
            {{{cases}}}
            public partial Task<Triage> AskAsync(string ticket, {{{type}}} value);
        }
        """;
}
