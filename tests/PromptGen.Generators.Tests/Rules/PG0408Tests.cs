namespace PromptGen.Generators.Tests.Rules;

/// <summary>The cases of a value cover it, and name values of its type.</summary>
public sealed class PG0408Tests
{
    [Theory]
    [InlineData("Plan", "[RouteBy({|PG0408:nameof(value)|})] [RouteCase(Plan.Free, Tier.Fast)]")]
    [InlineData("Plan?", "[RouteBy({|PG0408:nameof(value)|})] [RouteCase(Plan.Free, Tier.Fast)] [RouteCase(Plan.Pro, Tier.Fast)]")]
    [InlineData("bool", "[RouteBy({|PG0408:nameof(value)|})] [RouteCase(true, Tier.General)]")]
    [InlineData("Customer?", "[RouteBy({|PG0408:nameof(value)|}, nameof(Customer.Plan))] [RouteCase(Plan.Free, Tier.Fast)] [RouteCase(Plan.Pro, Tier.Fast)]")]
    [InlineData("Plan", "[RouteBy(nameof(value), Otherwise = Tier.Fast)] [RouteCase({|PG0408:\"Free\"|}, Tier.Fast)]")]
    [InlineData("Plan", "[RouteBy(nameof(value), Otherwise = Tier.Fast)] [RouteCase({|PG0408:(Plan)9|}, Tier.Fast)]")]
    [InlineData("Plan", "[RouteBy(nameof(value), Otherwise = Tier.Fast)] [RouteCase({|PG0408:null|}, Tier.Fast)]")]
    [InlineData("string", "[RouteBy(nameof(value), Otherwise = Tier.Fast)] [RouteCase({|PG0408:1|}, Tier.Fast)]")]
    [InlineData("int", "[RouteBy(nameof(value), Otherwise = Tier.Fast)] [RouteCase({|PG0408:true|}, Tier.Fast)]")]
    public Task Fires(string type, string clauses) => Rule.VerifyAsync(Desk(type, clauses));

    [Theory]
    [InlineData("Plan", "[RouteBy(nameof(value))] [RouteCase(Plan.Free, Tier.Fast)] [RouteCase(Plan.Pro, Tier.General)]")]
    [InlineData("Plan?", "[RouteBy(nameof(value))] [RouteCase(Plan.Free, Tier.Fast)] [RouteCase(Plan.Pro, Tier.General)] [RouteCase(null, Tier.Fast)]")]
    [InlineData("Plan", "[RouteBy(nameof(value), Otherwise = Tier.General)] [RouteCase(Plan.Free, Tier.Fast)]")]
    [InlineData("Customer", "[RouteBy(nameof(value), nameof(Customer.Plan))] [RouteCase(Plan.Free, Tier.Fast)] [RouteCase(Plan.Pro, Tier.General)]")]
    [InlineData("bool", "[RouteBy(nameof(value))] [RouteCase(true, Tier.General)] [RouteCase(false, Tier.Fast)]")]
    [InlineData("string?", "[RouteBy(nameof(value))] [RouteCase(\"x\", Tier.General)] [RouteCase(null, Tier.Fast)]")]
    [InlineData("long", "[RouteBy(nameof(value))] [RouteCase(3, Tier.General)] [RouteCase(-1, Tier.Fast)]")]
    public Task Stays_silent(string type, string clauses) => Rule.VerifyAsync(Desk(type, clauses));

    private static string Desk(string type, string clauses) => $$$"""
        public enum Plan { Free, Pro }

        public sealed record Customer(string Name, Plan Plan);

        public sealed partial class Desk
        {
            [RoutedPrompt(Tier.Fast, EscalateTo = Tier.General)]
            [PromptTemplate("{{ticket}}")]
            {{{clauses}}}
            public partial Task<Triage> AskAsync(string ticket, {{{type}}} value);
        }
        """;
}
