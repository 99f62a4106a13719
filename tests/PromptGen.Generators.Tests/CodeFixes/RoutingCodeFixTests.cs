using PromptGen.CodeFixes;
using PromptGen.Generators.Tests.Pipeline;

namespace PromptGen.Generators.Tests.CodeFixes;

/// <summary>PG0403 to PG0406: models and tiers of a route are put in order, removed or added.</summary>
public sealed class RoutingCodeFixTests
{
    [Theory]
    [InlineData("Swap the models", "Models.Sonnet, Models.Mini", "Models.Mini, Models.Sonnet")]
    [InlineData("Swap the tiers", "Tier.General, EscalateTo = Tier.Fast", "Tier.Fast, EscalateTo = Tier.General")]
    [InlineData("Remove EscalateTo", "Tier.Fast, Repairs = 0, EscalateTo = Tier.Fast", "Tier.Fast, Repairs = 0")]
    [InlineData("Remove EscalateTo", "Models.Mini, Models.Sonnet, EscalateTo = Tier.Deep", "Models.Mini, Models.Sonnet")]
    public Task Turns_an_escalation_round(string title, string before, string after) => Fixing.VerifyAsync(new EscalationCodeFix(), title, Prompt(before), Prompt(after));

    [Fact]
    public async Task Leaves_what_is_no_ladder() => Assert.Empty(await Fixing.TitlesAsync(new EscalationCodeFix(), Prompt("Tier.SelfHosted, EscalateTo = Tier.General")));

    [Theory]
    [InlineData("Set EscalateTo = Tier.Deep on [RoutedPrompt]", "Tier.Fast|RouteWhen(Tier.Deep, ContainsCode = true)", "Tier.Fast, EscalateTo = Tier.Deep|RouteWhen(Tier.Deep, ContainsCode = true)")]
    [InlineData("Set EscalateTo = Tier.Deep on [RoutedPrompt]", "Tier.Fast, EscalateTo = Tier.General|RouteWhen(Tier.Fast, ContainsCode = true, EscalateTo = Tier.Deep)", "Tier.Fast, EscalateTo = Tier.Deep|RouteWhen(Tier.Fast, ContainsCode = true, EscalateTo = Tier.Deep)")]
    [InlineData("Set EscalateTo = Tier.Deep on [RoutedPrompt]", "Tier.Fast, EscalateTo = Tier.General|RouteBy(\"ticket\", Otherwise = Tier.Fast), RouteCase(\"hard\", Tier.Deep)", "Tier.Fast, EscalateTo = Tier.Deep|RouteBy(\"ticket\", Otherwise = Tier.Fast), RouteCase(\"hard\", Tier.Deep)")]
    [InlineData("Change to Tier.General", "Tier.Fast, EscalateTo = Tier.General|RouteWhen(Tier.Deep, ContainsCode = true)", "Tier.Fast, EscalateTo = Tier.General|RouteWhen(Tier.General, ContainsCode = true)")]
    [InlineData("Change to Tier.General", "Tier.Fast, EscalateTo = Tier.General|RouteWhen(Tier.Fast, ContainsCode = true, EscalateTo = Tier.Deep)", "Tier.Fast, EscalateTo = Tier.General|RouteWhen(Tier.Fast, ContainsCode = true, EscalateTo = Tier.General)")]
    public Task Brings_a_clause_and_its_route_together(string title, string before, string after) => Fixing.VerifyAsync(new EscalationCodeFix(), title, Clause(before), Clause(after));

    [Theory]
    [InlineData("Models.Mini, Models.Sonnet, Models.Mini", "Models.Mini, Models.Sonnet")]
    [InlineData("Models.Mini, Fallbacks = [Models.Haiku, Models.Mini]", "Models.Mini, Fallbacks = [Models.Haiku]")]
    [InlineData("Models.Mini, Fallbacks = [Models.Mini], Repairs = 2", "Models.Mini, Repairs = 2")]
    [InlineData("Models.Mini, Fallbacks = new[] { Models.Haiku, Models.Haiku }", "Models.Mini, Fallbacks = new[] { Models.Haiku }")]
    public Task Removes_a_model_that_is_duplicated(string before, string after) => Fixing.VerifyAsync(new DuplicateModelCodeFix(), "Remove the model", Prompt(before), Prompt(after));

    [Fact]
    public Task Adds_a_fallback_of_another_provider() => Fixing.VerifyAsync(
        new OneProviderCodeFix(), "Add 'claude-3-5-haiku-20241022' as a fallback", Prompt("Models.Mini"), Prompt("Models.Mini, Fallbacks = [Models.Haiku]"));

    [Fact]
    public Task Adds_a_check_to_text() => Fixing.VerifyAsync(
        new MissingCheckCodeFix(),
        "Add a check",
        """
        public sealed partial class Desk
        {
            [RoutedPrompt(Tier.Fast, EscalateTo = Tier.General)]
            [PromptTemplate("{{ticket}}")]
            public partial Task<string> AnswerAsync(string ticket);
        }
        """,
        """
        public sealed partial class Desk
        {
            [RoutedPrompt(Tier.Fast, EscalateTo = Tier.General)]
            [AcceptIf(nameof(IsAnswerUsable))]
            [PromptTemplate("{{ticket}}")]
            public partial Task<string> AnswerAsync(string ticket);

            private static bool IsAnswerUsable(string answer) => !string.IsNullOrWhiteSpace(answer);
        }
        """);

    [Fact]
    public async Task Adds_no_check_to_a_stream() => Assert.Empty(await Fixing.TitlesAsync(
        new MissingCheckCodeFix(), Prompt("Tier.Fast, EscalateTo = Tier.General").Replace("Task<Triage>", "IAsyncEnumerable<string>", StringComparison.Ordinal)));

    private static string Clause(string routeAndClause) => $$$"""
        {{{Sources.Ladder}}}

        public sealed partial class Desk
        {
            [RoutedPrompt({{{routeAndClause.Split('|')[0]}}})]
            [PromptTemplate("{{ticket}}")]
            [{{{routeAndClause.Split('|')[1]}}}]
            public partial Task<Triage> AskAsync(string ticket);
        }
        """;

    private static string Prompt(string route) => $$$"""
        public sealed partial class Desk
        {
            [RoutedPrompt({{{route}}})]
            [PromptTemplate("{{ticket}}")]
            public partial Task<Triage> AskAsync(string ticket);
        }
        """;
}
