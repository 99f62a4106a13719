namespace PromptGen.Generators.Tests.Rules;

/// <summary>Each rule and each case can decide.</summary>
public sealed class PG0407Tests
{
    [Theory]
    [InlineData("[{|PG0407:RouteWhen(Tier.General)|}]")]
    [InlineData("[{|PG0407:RouteWhen(Tier.General, MinInputTokens = 9, MaxInputTokens = 8)|}]")]
    [InlineData("[{|PG0407:RouteWhen(Tier.General, MinInputTokens = 9, In = \"plan\")|}]")]
    [InlineData("[{|PG0407:RouteWhen(Tier.General, ContainsCode = true, In = \"nobody\")|}]")]
    [InlineData("[{|PG0407:RouteWhen(Tier.General, ContainsMedia = true)|}]")]
    [InlineData("[{|PG0407:RouteWhen(Tier.General, ContainsAny = [\"\"])|}]")]
    [InlineData("[{|PG0407:RouteWhen(Tier.Fast, MaxInputTokens = 100, In = \"nobody\")|}]")]
    [InlineData("[RouteWhen(Tier.Fast, MinInputTokens = 100, EscalateTo = Tier.Fast)] [{|PG0407:RouteWhen(Tier.General, MinInputTokens = 200)|}]")]
    [InlineData("[RouteWhen(Tier.Fast, MaxInputTokens = 100, EscalateTo = Tier.Fast)] [{|PG0407:RouteWhen(Tier.General, MaxInputTokens = 50, ContainsCode = true)|}]")]
    [InlineData("[RouteWhen(Tier.Fast, ContainsAny = [\"a\", \"b\"], EscalateTo = Tier.Fast)] [{|PG0407:RouteWhen(Tier.General, ContainsAny = [\"B\"])|}]")]
    [InlineData("[RouteWhen(Tier.Fast, ContainsCode = true, EscalateTo = Tier.Fast)] [{|PG0407:RouteWhen(Tier.General, ContainsCode = true, In = \"ticket\")|}]")]
    [InlineData("[RouteWhen(Tier.Fast, Predicate = nameof(Is), EscalateTo = Tier.Fast)] [{|PG0407:RouteWhen(Tier.General, Predicate = nameof(Is), MinInputTokens = 3)|}]")]
    [InlineData("[{|PG0407:RouteCase(Plan.Free, Tier.Fast)|}]")]
    [InlineData("[{|PG0407:RouteBy(nameof(plan), Otherwise = Tier.Fast)|}]")]
    [InlineData("[RouteBy(nameof(plan), Otherwise = Tier.General)] [RouteCase(Plan.Free, Tier.Fast)] [RouteCase({|PG0407:Plan.Free|}, Tier.General)]")]
    [InlineData("[RouteWhen({|PG0407:Tier.Fast|}, ContainsCode = true)]")]
    [InlineData("[RouteWhen(Tier.General, MinInputTokens = 200)] [RouteWhen({|PG0407:Tier.Fast|}, MinInputTokens = 100)]")]
    [InlineData("[RouteWhen({|PG0407:Tier.Fast|}, ContainsCode = true, EscalateTo = Tier.General)]")]
    [InlineData("[RouteWhen(Tier.Fast, ContainsCode = true)] [{|PG0407:RouteWhen(Tier.General)|}]")]
    [InlineData("[RouteWhen({|PG0407:Tier.Fast|}, ContainsCode = true)] [{|PG0407:RouteBy(nameof(plan), Otherwise = Tier.Fast)|}] [RouteCase(Plan.Free, Tier.Fast)]")]
    public Task Fires(string clauses) => Rule.VerifyAsync(Desk(clauses));

    [Theory]
    [InlineData("[RouteWhen({|PG0407:Tier.Fast|}, ContainsCode = true)]", "This rule has no effect: the route starts at Fast anyway; correct it, or remove it")]
    [InlineData("[{|PG0407:RouteBy(nameof(plan), Otherwise = Tier.Fast)|}] [RouteCase(Plan.Free, Tier.Fast)]", "[RouteBy] has no effect: each of its cases enters the route at Fast, where it starts anyway; correct it, or remove it")]
    public async Task Fires_where_a_call_enters_there_anyway(string clauses, string message) => Assert.Equal(message, (await Rule.VerifyAsync(Desk(clauses))).Message("PG0407"));

    [Theory]
    [InlineData("[{|PG0407:RouteLearned(\"Routers/any.router\")|}] [RouteBy(nameof(plan), Otherwise = Tier.General)] [RouteCase(Plan.Free, Tier.Fast)]", "Tier.Fast, EscalateTo = Tier.General", "[RouteLearned] has no effect: [RouteBy] decides before it; correct it, or remove it")]
    [InlineData("[{|PG0407:RouteLearned(\"Routers/any.router\")|}]", "Tier.Fast", "[RouteLearned] has no effect: the route has only one step; correct it, or remove it")]
    [InlineData("[{|PG0407:RouteLearned(\"Routers/any.router\", In = \"plan\")|}]", "Tier.Fast, EscalateTo = Tier.General", "[RouteLearned] has no effect: 'plan' is no parameter of type string; correct it, or remove it")]
    [InlineData("[RouteLearned(\"Routers/any.router\")] [{|PG0407:Ensemble(Models.Mini, Models.Haiku)|}]", "Tier.Fast, EscalateTo = Tier.General", "[Ensemble] has no effect: [RouteLearned] leads each call past it into the route; correct it, or remove it")]
    public async Task Fires_at_a_router(string clauses, string route, string message)
    {
        var diagnostics = await Rule.VerifyAsync(Desk(clauses, route));

        Assert.Equal(message, diagnostics.Message("PG0407"));
    }

    [Theory]
    [InlineData("[RouteWhen(Tier.Fast, MinInputTokens = 200)] [RouteWhen(Tier.General, MinInputTokens = 100)]")]
    [InlineData("[RouteWhen(Tier.Fast, MaxInputTokens = 50)] [RouteWhen(Tier.General, MaxInputTokens = 100)]")]
    [InlineData("[RouteWhen(Tier.Fast, MaxInputTokens = 50)] [RouteWhen(Tier.General, MaxInputTokens = 40, In = \"ticket\")]")]
    [InlineData("[RouteWhen(Tier.Fast, ContainsAny = [\"a\"])] [RouteWhen(Tier.General, ContainsAny = [\"a\", \"b\"])]")]
    [InlineData("[RouteWhen(Tier.Fast, ContainsCode = true, In = \"ticket\")] [RouteWhen(Tier.General, ContainsCode = true)]")]
    [InlineData("[RouteWhen(Tier.Fast, ContainsCode = true, MinInputTokens = 9)] [RouteWhen(Tier.General, ContainsCode = true)]")]
    [InlineData("[RouteWhen(Tier.Fast, Predicate = nameof(Is))] [RouteWhen(Tier.General, MinInputTokens = 3)]")]
    [InlineData("[RouteBy(nameof(plan))] [RouteCase(Plan.Free, Tier.Fast)] [RouteCase(Plan.Pro, Tier.General)]")]
    [InlineData("[RouteLearned(\"Routers/any.router\")] [RouteWhen(Tier.Fast, MaxInputTokens = 50)]")]
    [InlineData("[RouteWhen(Tier.Fast, ContainsCode = true, EscalateTo = Tier.Fast)]")]
    [InlineData("[RouteWhen(Tier.Fast, MaxInputTokens = 50)] [RouteBy(nameof(plan))] [RouteCase(Plan.Free, Tier.Fast)] [RouteCase(Plan.Pro, Tier.General)]")]
    [InlineData("[RouteBy(nameof(plan), Otherwise = Tier.Fast)] [RouteCase(Plan.Free, Tier.Fast, EscalateTo = Tier.Fast)]")]
    [InlineData("[RouteWhen(Tier.Fast, ContainsCode = true)] [Ensemble(Models.Mini, Models.Haiku)]")]
    public Task Stays_silent(string clauses) => Rule.VerifyAsync(Desk(clauses));

    private static string Desk(string clauses, string route = "Tier.Fast, EscalateTo = Tier.General") => $$$"""
        public enum Plan { Free, Pro }

        public sealed partial class Desk
        {
            [RoutedPrompt({{{route}}})]
            [PromptTemplate("{{product}}: {{ticket}} {{plan}}")]
            {{{clauses}}}
            public partial Task<Triage> AskAsync(string product, string ticket, Plan plan);

            private static bool Is(string ticket) => ticket.Length > 3;
        }
        """;
}
