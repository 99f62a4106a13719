namespace PromptGen.Generators.Tests.Rules;

/// <summary>A method that an attribute names is there and fits.</summary>
public sealed class PG0413Tests
{
    [Theory]
    [InlineData("AcceptIf({|PG0413:\"IsGood\"|})", "")]
    [InlineData("AcceptIf({|PG0413:nameof(IsGood)|})", "")]
    [InlineData("AcceptIf({|PG0413:nameof(IsGood)|})", "private static int IsGood(Triage value) => value.Urgency;")]
    [InlineData("AcceptIf({|PG0413:nameof(IsGood)|})", "private static bool IsGood(string value) => value.Length > 0;")]
    [InlineData("AcceptIf({|PG0413:nameof(IsGood)|})", "private static bool IsGood { get; }")]
    [InlineData("AcceptIf({|PG0413:nameof(IsGood)|})", "private static bool IsGood(Triage value, string other) => value.Urgency > other.Length;")]
    [InlineData("AcceptIf({|PG0413:nameof(IsGood)|})", "private static bool IsGood(Triage value, int ticket) => value.Urgency > ticket;")]
    [InlineData("AcceptIf({|PG0413:nameof(IsGood)|})", "private static bool IsGood(Triage value, string answer) => value.Urgency > answer.Length;")]
    [InlineData("AcceptIf({|PG0413:nameof(IsGood)|}, AtLeast = 0.5)", "private static bool IsGood(Triage value) => value.Urgency > 1;")]
    [InlineData("AcceptIf({|PG0413:nameof(IsGood)|})", "private static double IsGood(Triage value) => value.Urgency;")]
    [InlineData("AcceptIf({|PG0413:nameof(IsGood)|})", "[RoutedPrompt(Tier.Fast)] [PromptTemplate(\"{{json value}}\")] public partial Task<string> IsGood(Triage value);")]
    [InlineData("Ensemble(Models.Mini, Models.Haiku, Judge = {|PG0413:\"Pick\"|})", "")]
    [InlineData("Ensemble(Models.Mini, Models.Haiku, Judge = {|PG0413:nameof(Pick)|})", "private static int Pick(System.Collections.Generic.List<Triage> candidates) => candidates.Count;")]
    [InlineData("Ensemble(Models.Mini, Models.Haiku, Judge = {|PG0413:nameof(Pick)|})", "private static string Pick(System.Collections.Generic.IReadOnlyList<Triage> candidates) => candidates[0].ToString();")]
    [InlineData("Ensemble(Models.Mini, Models.Haiku, Judge = {|PG0413:nameof(Pick)|})", "private static int Pick(System.Collections.Generic.IReadOnlyList<Triage> candidates, int ticket) => ticket;")]
    [InlineData("Fallback({|PG0413:\"QueueAsync\"|})", "")]
    [InlineData("Fallback({|PG0413:nameof(QueueAsync)|})", "private Task<Triage> QueueAsync(int ticket) => throw new TimeoutException();")]
    [InlineData("Fallback({|PG0413:nameof(QueueAsync)|})", "private Task<string> QueueAsync(string ticket) => throw new TimeoutException();")]
    public Task Fires(string attribute, string member) => Rule.VerifyAsync(Desk(attribute, member));

    [Fact]
    public async Task Says_what_to_write()
    {
        var diagnostics = await Rule.VerifyAsync("""
            public sealed partial class Desk
            {
                [RoutedPrompt(Tier.Fast)]
                [PromptTemplate("{{ticket}}")]
                [AcceptIf({|PG0413:"IsGood"|})]
                public partial Task<Triage> AskAsync(string ticket);
            }
            """);

        Assert.Equal(
            "[AcceptIf] names 'IsGood', which 'Desk' does not have: write 'bool IsGood(Triage value)', or one that returns string? with the reason of a rejection",
            diagnostics.Message("PG0413"));
    }

    [Fact]
    public async Task Fires_for_a_substitute_that_would_exchange_parameters()
    {
        var diagnostics = await Rule.VerifyAsync("""
            public sealed partial class Desk
            {
                [RoutedPrompt(Tier.Fast)]
                [PromptTemplate("{{product}}: {{ticket}}")]
                [Fallback({|PG0413:nameof(Later)|})]
                public partial Task<string> AskAsync(string product, string ticket);

                [RoutedPrompt(Tier.Fast)]
                [PromptTemplate("{{product}}: {{ticket}}")]
                [Fallback(nameof(Unnamed))]
                public partial Task<string> TellAsync(string product, string ticket);

                private static string Later(string ticket, string product) => product + ticket;

                private static string Unnamed(string one, string other) => one + other;
            }
            """);

        Assert.Equal(
            "[Fallback] names 'Later', whose shape does not fit: write a method with the parameters of 'AskAsync', in their order, that returns string or Task<string>",
            diagnostics.Message("PG0413"));
    }

    [Theory]
    [InlineData("\"order\", {|PG0413:\"Kinds\"|}", "[RouteBy] names 'order.Kinds', which leads to no enum, bool, integer or string that the prompt's class can read: write 'Kind', or the name of another member")]
    [InlineData("\"order\", \"Customer\", {|PG0413:\"Teir\"|}", "[RouteBy] names 'order.Customer.Teir', which leads to no enum, bool, integer or string that the prompt's class can read: write 'Tier', or the name of another member")]
    [InlineData("\"order\", {|PG0413:\"Customer\"|}", "[RouteBy] names 'order.Customer', which leads to no enum, bool, integer or string that the prompt's class can read: write a parameter, or the path to a member of one")]
    [InlineData("{|PG0413:\"order\"|}", "[RouteBy] names 'order', which leads to no enum, bool, integer or string that the prompt's class can read: write a parameter, or the path to a member of one")]
    [InlineData("\"order\", {|PG0413:\"Old\"|}", "[RouteBy] names 'order.Old', which [Obsolete] makes an error to use: write a parameter, or the path to a member of one")]
    public async Task Fires_where_a_path_leads_to_no_value(string path, string message)
    {
        var diagnostics = await Rule.VerifyAsync($$$"""
            public sealed record Customer(string Tier, string Name);

            public sealed record Order(Queue Kind, Customer Customer)
            {
                [Obsolete("", true)] public int Old { get; init; }
            }

            public sealed partial class Desk
            {
                [RoutedPrompt(Tier.Fast, EscalateTo = Tier.General)]
                [PromptTemplate("{{order.Customer.Name}}")]
                [RouteBy({{{path}}}, Otherwise = Tier.Fast)]
                [RouteCase(Queue.Billing, Tier.General)]
                public partial Task<Triage> AskAsync(Order order);
            }
            """);

        Assert.Equal(message, diagnostics.Message("PG0413"));
    }

    [Theory]
    [InlineData("string", "text", "string")]
    [InlineData("PromptSnapshot<Triage>", "snapshots", "Triage")]
    public async Task Fires_where_the_answer_is_handed_over_before_it_could_be_judged(string item, string kind, string output)
    {
        var diagnostics = await Rule.VerifyAsync($$$"""
            public sealed partial class Desk
            {
                [RoutedPrompt(Tier.Fast)]
                [PromptTemplate("{{ticket}}")]
                [AcceptIf({|PG0413:nameof(IsGood)|})]
                public partial IAsyncEnumerable<{{{item}}}> AskAsync(string ticket);

                private static bool IsGood({{{output}}} value) => value is not null;
            }
            """);

        Assert.Equal(
            $"[AcceptIf] names 'IsGood', but a stream of {kind} is handed over before anything can check it: write 'Task<{output}>' as the return type, or drop the check",
            diagnostics.Message("PG0413"));
    }

    [Theory]
    [InlineData("AcceptIf({|PG0413:nameof(Check)|})", "private static bool Check(List<Triage> value) => value.Count > 0;")]
    [InlineData("AcceptIf(nameof(Check))", "private static bool Check(Triage value) => value.Urgency > 0;")]
    [InlineData("Fallback({|PG0413:nameof(Check)|})", "private static Task<Triage> Check(string ticket) => throw new TimeoutException();")]
    [InlineData("Fallback(nameof(Check))", "private static IAsyncEnumerable<Triage> Check(string ticket) => throw new TimeoutException();")]
    public Task Elements_are_judged_one_by_one_and_substituted_by_a_stream(string attribute, string member) => Rule.VerifyAsync($$$"""
        public sealed partial class Desk
        {
            [RoutedPrompt(Tier.Fast)]
            [PromptTemplate("{{ticket}}")]
            [{{{attribute}}}]
            public partial IAsyncEnumerable<Triage> AskAsync(string ticket);

            {{{member}}}
        }
        """);

    [Theory]
    [InlineData("AcceptIf(nameof(IsGood))", "private static bool IsGood(Triage value) => value.Urgency > 1;")]
    [InlineData("AcceptIf(nameof(IsGood))", "private string? IsGood(Triage value) => value.Urgency > 1 ? null : \"dull\";")]
    [InlineData("AcceptIf(nameof(IsGood))", "private static Task<bool> IsGood(Triage value, CancellationToken cancellationToken) => Task.FromResult(true);")]
    [InlineData("Fallback(nameof(QueueAsync))", "private Task<Triage> QueueAsync(string ticket) => throw new TimeoutException();")]
    [InlineData("Fallback(nameof(QueueAsync))", "private Triage QueueAsync(string ticket, CancellationToken cancellationToken) => throw new TimeoutException();")]
    public Task Stays_silent(string attribute, string member) => Rule.VerifyAsync(Desk(attribute, member));

    [Theory]
    [InlineData("{|PG0413:nameof(Report.Number)|}", "")]
    [InlineData("{|PG0413:\"Check\"|}", "")]
    [InlineData("{|PG0413:\"Check\"|}", "internal static bool Check(Report value) => true;")]
    [InlineData("{|PG0413:\"Check\"|}", "internal string? Check(Report value) => null;")]
    [InlineData("{|PG0413:\"Check\"|}", "private static string? Check(Report value) => null;")]
    [InlineData("{|PG0413:\"Check\"|}", "internal static string? Check(string value) => null;")]
    [InlineData("{|PG0413:\"Check\"|}", "internal static string? Check(Report value, int other) => null;")]
    [InlineData("\"Check\"", "internal static string? Check(Report value) => null;")]
    [InlineData("\"Check\"", "public static string Check(object value) => \"no\";")]
    public Task A_check_of_the_output_type_is_called_by_generated_code(string name, string method) => Rule.VerifyAsync($$$"""
        [ContractCheck({{{name}}})]
        public sealed record Report(int Number) { {{{method}}} }

        public sealed partial class Desk
        {
            [RoutedPrompt(Tier.Fast)]
            [PromptTemplate("{{ticket}}")]
            public partial Task<Report> AskAsync(string ticket);
        }
        """);

    [Theory]
    [InlineData("AcceptIf(nameof(Check))", "private static bool Check(Triage value, string ticket) => ticket.Length > value.Urgency;")]
    [InlineData("AcceptIf(nameof(Check))", "private static bool Check(string ticket, Triage answer) => ticket.Length > answer.Urgency;")]
    [InlineData("AcceptIf(nameof(Check))", "private static Task<bool> Check(string ticket, Triage answer, int more = 1, CancellationToken token = default) => Task.FromResult(more > answer.Urgency);")]
    [InlineData("AcceptIf(nameof(Check), AtLeast = 0.5)", "private static float? Check(Triage value) => value.Urgency;")]
    [InlineData("AcceptIf(nameof(Check), AtMost = 3, Repair = true)", "private static ValueTask<decimal> Check(Triage value) => new(value.Urgency);")]
    [InlineData("AcceptIf(nameof(Check), Repair = true)", "private static string? Check(Triage value) => value.Urgency > 3 ? null : \"too calm\";")]
    [InlineData("AcceptIf(nameof(Check), WhenUnknown = WhenUnknown.Accept)", "[RoutedPrompt(Tier.Fast)] [PromptTemplate(\"{{ticket}} {{json value}}\")] public partial Task<bool> Check(Triage value, string ticket);")]
    [InlineData("AcceptIf(nameof(Check), AtLeast = 0.5)", "[RoutedPrompt(Tier.Fast)] [PromptTemplate(\"{{json value}}\")] public partial Task<PromptResult<double>> Check(Triage value);")]
    public Task A_check_gets_the_parameters_that_it_names_and_may_give_a_number_or_be_a_prompt(string attribute, string member) => Rule.VerifyAsync(Desk(attribute, member));

    [Theory]
    [InlineData("{|PG0413:nameof(IsHard)|}", "private static bool IsHard() => true;")]
    [InlineData("{|PG0413:nameof(IsHard)|}", "private static Task<bool> IsHard(string message) => Task.FromResult(true);")]
    [InlineData("{|PG0413:\"IsHard\"|}", "")]
    [InlineData("nameof(IsHard)", "private static bool IsHard(string text) => text.Length > 3;")]
    [InlineData("nameof(IsHard)", "private bool IsHard(string message) => message.Length > GetHashCode();")]
    public async Task A_predicate_of_a_chat_route_gets_the_last_user_message(string name, string member)
    {
        var diagnostics = await Rule.VerifyAsync($$$"""
            public sealed partial class Desk
            {
                [RoutedPrompt(Tier.Fast, EscalateTo = Tier.General)]
                [RouteWhen(Tier.General, Predicate = {{{name}}})]
                public partial Microsoft.Extensions.AI.IChatClient Chat();

                {{{member}}}
            }
            """);

        Assert.All(diagnostics.Where(static diagnostic => diagnostic.Id == "PG0413"), static diagnostic =>
            Assert.EndsWith("write 'bool IsHard(string message)', which gets the last user message", diagnostic.GetMessage(), StringComparison.Ordinal));
    }

    private static string Desk(string attribute, string member) => $$$"""
        public sealed partial class Desk
        {
            [RoutedPrompt(Tier.Fast)]
            [PromptTemplate("{{ticket}}")]
            [{{{attribute}}}]
            public partial Task<Triage> AskAsync(string ticket, CancellationToken cancellationToken);

            {{{member}}}
        }
        """;
}
