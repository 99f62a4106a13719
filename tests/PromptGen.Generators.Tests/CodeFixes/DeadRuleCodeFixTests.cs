using PromptGen.CodeFixes;

namespace PromptGen.Generators.Tests.CodeFixes;

/// <summary>PG0407: a rule, a case or a learned router that can never decide is removed.</summary>
public sealed class DeadRuleCodeFixTests
{
    [Theory]
    [InlineData("    [RouteWhen(Tier.Fast, MinInputTokens = 9, EscalateTo = Tier.Fast)]\n    [RouteWhen(Tier.General, MinInputTokens = 10)]\n", "    [RouteWhen(Tier.Fast, MinInputTokens = 9, EscalateTo = Tier.Fast)]\n")]
    [InlineData("    [RouteWhen(Tier.Fast, MinInputTokens = 9, EscalateTo = Tier.Fast)] [RouteWhen(Tier.General)]\n", "    [RouteWhen(Tier.Fast, MinInputTokens = 9, EscalateTo = Tier.Fast)] \n")]
    [InlineData("    [RouteWhen(Tier.General), RouteWhen(Tier.Fast, MinInputTokens = 9, EscalateTo = Tier.Fast)]\n", "    [RouteWhen(Tier.Fast, MinInputTokens = 9, EscalateTo = Tier.Fast)]\n")]
    [InlineData("    [RouteWhen(Tier.Fast, MinInputTokens = 9, EscalateTo = Tier.Fast), RouteWhen(Tier.General)]\n", "    [RouteWhen(Tier.Fast, MinInputTokens = 9, EscalateTo = Tier.Fast)]\n")]
    [InlineData("    [RouteWhen(\n        Tier.General)] [RouteWhen(Tier.Fast, MinInputTokens = 9, EscalateTo = Tier.Fast)]\n", "    [RouteWhen(Tier.Fast, MinInputTokens = 9, EscalateTo = Tier.Fast)]\n")]
    public Task Removes_the_rule(string before, string after) => Fixing.VerifyAsync(new DeadRuleCodeFix(), "Remove the rule", Desk(before), Desk(after));

    [Fact]
    public Task Removes_the_case() => Fixing.VerifyAsync(
        new DeadRuleCodeFix(),
        "Remove the case",
        Desk("    [RouteBy(nameof(urgent))]\n    [RouteCase(true, Tier.General)]\n    [RouteCase(false, Tier.Fast)]\n    [RouteCase(true, Tier.Fast)]\n"),
        Desk("    [RouteBy(nameof(urgent))]\n    [RouteCase(true, Tier.General)]\n    [RouteCase(false, Tier.Fast)]\n"));

    [Fact]
    public Task Removes_the_router() => Fixing.VerifyAsync(
        new DeadRuleCodeFix(),
        "Remove the router",
        Desk("    [RouteBy(nameof(urgent))]\n    [RouteCase(true, Tier.General)]\n    [RouteCase(false, Tier.Fast)]\n    [RouteLearned(\"triage.router\")]\n"),
        Desk("    [RouteBy(nameof(urgent))]\n    [RouteCase(true, Tier.General)]\n    [RouteCase(false, Tier.Fast)]\n"));

    [Fact]
    public Task Removes_all_at_once() => Fixing.VerifyAllAsync(
        new DeadRuleCodeFix(), "remove", Desk("    [RouteWhen(Tier.Fast)]\n    [RouteWhen(Tier.General)]\n"), Desk(""));

    [Fact]
    public async Task Offers_nothing_for_a_value_without_cases() =>
        Assert.Empty(await Fixing.TitlesAsync(new DeadRuleCodeFix(), Desk("    [RouteBy(nameof(urgent), Otherwise = Tier.Fast)]\n")));

    private static string Desk(string clauses) => $$$"""
        public sealed partial class Desk
        {
            [RoutedPrompt(Tier.Fast, EscalateTo = Tier.General)]
            [PromptTemplate("{{ticket}} {{urgent}}")]
        {{{clauses}}}    public partial Task<Triage> AskAsync(string ticket, bool urgent);
        }
        """;
}
