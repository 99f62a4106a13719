namespace PromptGen.Generators.Tests.Rules;

/// <summary>
/// Which clauses of entry go together, and with which kind of prompt: each row is one combination, allowed or a diagnostic. What the allowed ones do is in
/// PromptGen.EndToEnd.Tests, Routing/CombinationTests.
/// </summary>
public sealed class CombinationTests
{
    private const string Clauses = """
        [RouteWhen(Tier.General, MinInputTokens = 2000)]
            [RouteWhen(Tier.General, ContainsAny = ["lawyer"], In = nameof(ticket))]
            [RouteWhen(Tier.General, Predicate = nameof(IsVip))]
            [RouteBy(nameof(plan), Otherwise = Tier.Fast)]
            [RouteCase(1, Tier.Fast, EscalateTo = Tier.Fast)]
            [Canary(Models.Haiku, 5, By = nameof(customer))]
        """;

    [Theory]
    [InlineData("Task<Triage>")]
    [InlineData("Task<PromptResult<Triage>>")]
    [InlineData("ValueTask<string>")]
    [InlineData("IAsyncEnumerable<string>")]
    [InlineData("IAsyncEnumerable<Triage>")]
    [InlineData("IAsyncEnumerable<PromptSnapshot<Triage>>")]
    public Task Streams_and_tasks_take_rules_values_options_an_order_and_a_canary_together(string output) => Rule.VerifyAsync(Desk(
        "Order = StepOrder.Cheapest, HedgeAfter = 2", $"[PromptTemplate(\"{{{{ticket}}}}\")]\n    {Clauses}", $"{output} AskAsync(string ticket, int plan, string customer, string level, PromptOptions? options = null)"));

    [Theory]
    [InlineData("a rule over the last user message", "[RouteWhen(Tier.General, MinInputTokens = 2000)] [RouteWhen(Tier.General, ContainsAny = [\"lawyer\"])] [RouteWhen(Tier.General, ContainsMedia = true)]", "Chat()")]
    [InlineData("a rule with a predicate", "[RouteWhen(Tier.General, Predicate = nameof(IsVip))]", "Chat()")]
    [InlineData("a canary", "[Canary(Models.Haiku, 5)]", "Chat()")]
    [InlineData("a canary beside a rule", "[RouteWhen(Tier.General, ContainsCode = true)] [Canary(Models.Haiku, 5)]", "Chat()")]
    [InlineData("a rule over a parameter", "[{|PG0407:RouteWhen(Tier.General, ContainsCode = true, In = \"ticket\")|}]", "Chat()")]
    [InlineData("a canary by a parameter", "[Canary(Models.Haiku, 5, By = {|PG0416:\"customer\"|})]", "Chat()")]
    [InlineData("a value", "[RouteBy(nameof(Level), Otherwise = Tier.Fast)] [RouteCase(1, Tier.Fast)]", "{|PG0101:Chat|}()")]
    [InlineData("a router", "[RouteBy(nameof(HardAsync), Otherwise = Tier.Fast)] [RouteCase(true, Tier.General)]", "{|PG0101:Chat|}()")]
    [InlineData("a learned router", "[RouteLearned(\"Routers/any.router\")]", "{|PG0101:Chat|}()")]
    [InlineData("options", "", "{|PG0101:Chat|}(PromptOptions? options = null)")]
    [InlineData("a judge", "[AcceptIf(nameof(HardAsync))]", "{|PG0101:Chat|}()")]
    public Task Chat_routes_take(string row, string clauses, string method)
    {
        Assert.NotEmpty(row);
        return Rule.VerifyAsync(Desk("Order = StepOrder.Balanced, HedgeAfter = 2", clauses, "Microsoft.Extensions.AI.IChatClient " + method));
    }

    [Theory]
    [InlineData("a rule behind one that holds wherever it does", "[RouteWhen(Tier.Fast, MinInputTokens = 9)] [{|PG0407:RouteWhen(Tier.General, MinInputTokens = 10)|}]")]
    [InlineData("a case behind one of its value", "[RouteBy(nameof(plan), Otherwise = Tier.Fast)] [RouteCase(1, Tier.Fast)] [RouteCase({|PG0407:1|}, Tier.General)]")]
    [InlineData("cases without a value", "[{|PG0407:RouteCase(1, Tier.Fast)|}]")]
    [InlineData("a value without cases", "[{|PG0407:RouteBy(nameof(plan), Otherwise = Tier.Fast)|}]")]
    [InlineData("a rule above the route", "[RouteWhen({|PG0403:Tier.Deep|}, MinInputTokens = 9)]")]
    [InlineData("a ceiling above the route", "[RouteWhen(Tier.Fast, MinInputTokens = 9, EscalateTo = {|PG0403:Tier.Deep|})]")]
    [InlineData("a canary of the route", "[Canary({|PG0416:Models.Mini|}, 5)]")]
    public Task Two_clauses_of_one_place_of_which_one_can_never_decide(string row, string clauses)
    {
        Assert.NotEmpty(row);
        return Rule.VerifyAsync(Desk("", $"[PromptTemplate(\"{{{{ticket}}}} {{{{plan}}}}\")] {clauses}", "Task<Triage> AskAsync(string ticket, int plan)"));
    }

    [Theory]
    [InlineData("By of a canary", "[Canary(Models.Haiku, 5, By = nameof(level))]")]
    [InlineData("RouteBy a parameter", "[RouteBy(nameof(level), Otherwise = Tier.Fast)] [RouteCase(\"high\", Tier.General)]")]
    [InlineData("RouteBy a member", "[RouteBy(nameof(level), nameof(string.Length), Otherwise = Tier.Fast)] [RouteCase(3, Tier.General)]")]
    [InlineData("RouteBy a method", "[RouteBy(nameof(Level), Otherwise = Tier.Fast)] [RouteCase(3, Tier.General)]")]
    [InlineData("a predicate", "[RouteWhen(Tier.General, Predicate = nameof(IsVip))]")]
    [InlineData("a rule over texts", "[RouteWhen(Tier.General, ContainsCode = true)]")]
    [InlineData("a rule over one text", "[RouteWhen(Tier.General, ContainsCode = true, In = nameof(level))]")]
    [InlineData("a check", "[AcceptIf(nameof(IsGood))]")]
    [InlineData("a judge", "[AcceptIf(nameof(FitsAsync))]")]
    [InlineData("a repair template", "[RepairTemplate(\"Again, at level {{level}}: {{#each violations}}{{message}}{{/each}}\")]")]
    [InlineData("a substitute", "[Fallback(nameof(QueueAsync))]")]
    public Task Names_that_are_uses_of_a_parameter(string row, string clauses)
    {
        Assert.NotEmpty(row);
        return Rule.VerifyAsync(Desk("", $"[PromptTemplate(\"{{{{ticket}}}}\")] {clauses}", "Task<Triage> AskAsync(string ticket, string level)"));
    }

    private static string Desk(string route, string clauses, string method) => $$$"""
        [ModelCatalog]
        public static class Models
        {
            [Model("openai", Tier.Fast, InputPrice = 0.15, OutputPrice = 0.60)]
            public const string Mini = "gpt-4o-mini-2024-07-18";

            [Model("anthropic", Tier.Fast, InputPrice = 0.80, OutputPrice = 4.00)]
            public const string Haiku = "claude-3-5-haiku-20241022";

            [Model("anthropic", Tier.General, InputPrice = 3.00, OutputPrice = 15.00)]
            public const string Sonnet = "claude-3-5-sonnet-20241022";

            [Model("openai", Tier.Deep, InputPrice = 15, OutputPrice = 75)]
            public const string Large = "o1-2024-12-17";
        }

        public sealed partial class Desk
        {
            [RoutedPrompt(Tier.Fast, EscalateTo = Tier.General{{{(route.Length > 0 ? ", " + route : "")}}})]
            {{{clauses}}}
            public partial {{{method}}};

            [RoutedPrompt(Tier.Fast, MaxOutputTokens = 5)]
            [PromptTemplate("Hard? {{ticket}}")]
            public partial Task<bool> HardAsync(string ticket = "");

            [RoutedPrompt(Tier.Fast, MaxOutputTokens = 5)]
            [PromptTemplate("Does {{json answer}} fit {{level}}?")]
            public partial Task<bool> FitsAsync(Triage answer, string level);

            private static bool IsVip(string level) => level.Length > 3;

            private static int Level(string level = "") => level.Length;

            private static bool IsGood(Triage answer, string level) => answer.Urgency > level.Length;

            private static Task<Triage> QueueAsync(string ticket, string level) => throw new TimeoutException();
        }
        """;
}
