namespace PromptGen.Generators.Tests.Rules;

/// <summary>A declaration says whether it is a prompt.</summary>
public sealed class PG0103Tests
{
    [Theory]
    [InlineData("PromptTemplate(\"{{ticket}}\")", "public partial Task<Triage> {|PG0103:AskAsync|}(string ticket);")]
    [InlineData("PromptTemplateAttribute(\"{{ticket}}\")", "public partial Task<Triage> {|PG0103:AskAsync|}(string ticket);")]
    [InlineData("global::PromptGen.Budget(0.05)", "public partial Task<Triage> {|PG0103:AskAsync|}(string ticket);")]
    [InlineData("RouteWhen(Tier.Fast, ContainsCode = true)", "public partial IAsyncEnumerable<string> {|PG0103:AskAsync|}(string ticket);")]
    [InlineData("SelfHostedOnly", "public partial Task<T> {|PG0103:AskAsync|}<T>(string ticket) where T : class, new();")]
    [InlineData("Deadline(5)", "public static partial int {|PG0103:Ask|}();")]
    [InlineData("Deadline(5)", "public Task<Triage> {|PG0103:AskAsync|}(string ticket) => throw null!;")]
    public Task Fires_for_a_clause_without_RoutedPrompt(string clause, string method) => Rule.VerifyAsync($$$"""
        public partial class Desk
        {
            [{{{clause}}}]
            {{{method}}}
        }
        """);

    [Fact]
    public Task Fires_for_each_of_two_overloads_beside_a_prompt() => Rule.VerifyAsync("""
        public partial class Desk
        {
            [PromptTemplate("{{ticket}}")]
            public partial Task<Triage> {|PG0103:AskAsync|}(string ticket);

            [PromptTemplate("{{ticket}}")]
            public partial Task<Triage> {|PG0103:AskAsync|}(int ticket);

            [RoutedPrompt(Tier.Fast), PromptTemplate("{{ticket}}")]
            public partial Task<Triage> AskAsync(bool ticket);
        }
        """);

    [Fact]
    public async Task Says_which_attribute_is_missing()
    {
        var diagnostics = await Rule.JudgeAsync("""
            public partial class Desk { [Budget(1), PromptTemplate("{{ticket}}")] public partial Task<Triage> AskAsync(string ticket); }
            """);
        Assert.Equal(
            "'AskAsync' has [PromptTemplate] but not [RoutedPrompt], so it is not a prompt: add [RoutedPrompt(Tier.Fast)], or remove [PromptTemplate]",
            diagnostics.Message("PG0103"));
    }

    [Theory]
    [InlineData("[RoutedPrompt(Tier.Fast), PromptTemplate(\"{{ticket}}\")] public partial Task<Triage> AskAsync(string ticket);")]
    [InlineData("[Obsolete] public partial Task<Triage> AskAsync(string ticket); public partial Task<Triage> AskAsync(string ticket) => throw null!;")]
    [InlineData("public class BudgetAttribute : Attribute; [Desk.Budget] public static int Ask() => 1;")]
    public Task Stays_silent(string method) => Rule.VerifyAsync($$$"""
        public partial class Desk
        {
            {{{method}}}
        }
        """);

    [Theory]
    [InlineData("public {|PG0103:Desk|}(int count) { Count = count; } public Desk(PromptRuntime prompts) { _prompts = prompts; } public int Count { get; }", "This constructor leaves '_prompts' unset, so the prompts of what it creates fail: assign a PromptRuntime to it, or call another constructor with ': this(…)'")]
    [InlineData("public {|PG0103:Desk|}(PromptRuntime prompts) { ArgumentNullException.ThrowIfNull(prompts); }", "This constructor leaves '_prompts' unset, so the prompts of what it creates fail: assign a PromptRuntime to it, or call another constructor with ': this(…)'")]
    [InlineData("private readonly PromptRuntime _own; public Desk(PromptRuntime own) => _own = own; internal {|PG0103:Desk|}() { }", "This constructor leaves '_own' unset, so the prompts of what it creates fail: assign a PromptRuntime to it, or call another constructor with ': this(…)'")]
    [InlineData("private PromptRuntime Own { get; } public Desk(PromptRuntime own) => Own = own; internal {|PG0103:Desk|}() : base() { }", "This constructor leaves 'Own' unset, so the prompts of what it creates fail: assign a PromptRuntime to it, or call another constructor with ': this(…)'")]
    [InlineData("private readonly PromptRuntime {|PG0103:_own|};", "Nothing sets '_own', so every prompt of 'Desk' fails: assign a PromptRuntime to it in a constructor, or remove it, so that PromptGen writes both")]
    public async Task Fires_where_a_constructor_leaves_the_runtime_unset(string members, string message) => Assert.Equal(message, (await Rule.VerifyAsync(Desk(members))).Message("PG0103"));

    [Theory]
    [InlineData("public Desk(PromptRuntime prompts) { _prompts = prompts; } public Desk(PromptRuntime prompts, int count) : this(prompts) { }")]
    [InlineData("public Desk(PromptRuntime prompts) => (_prompts, Count) = (prompts, 1); public int Count { get; }")]
    [InlineData("private PromptRuntime _own; public Desk(PromptRuntime own) => Set(own); private void Set(PromptRuntime own) => _own = own;")]
    [InlineData("private readonly PromptRuntime _own; public Desk(PromptRuntime own) => this._own = own ?? throw new ArgumentNullException(nameof(own));")]
    [InlineData("private readonly PromptRuntime _own; public Desk(PromptRuntime own) => Take(own, out _own); private static void Take(PromptRuntime own, out PromptRuntime taken) => taken = own; private Desk() => throw new NotSupportedException();")]
    [InlineData("public required PromptRuntime Own { get; init; }")]
    [InlineData("public PromptRuntime Own { get; set; } = null!;")]
    public Task Stays_silent_where_the_runtime_is_set(string members) => Rule.VerifyAsync(Desk(members));

    [Fact]
    public async Task Fires_on_a_second_token() => Assert.Equal(
        "'second' is a second cancellation token, which nothing observes: remove it, or link it with 'first' in the caller",
        (await Rule.VerifyAsync("""
            public sealed partial class Desk
            {
                [RoutedPrompt(Tier.Fast), PromptTemplate("{{ticket}}")]
                public partial Task<Triage> AskAsync(string ticket, CancellationToken first, CancellationToken {|PG0103:second|});
            }
            """)).Message("PG0103"));

    [Fact]
    public async Task Fires_on_the_second_prompt_of_a_name() => Assert.Equal(
        "'Desk.AskAsync' has the name 'triage' too, so ledgers and telemetry cannot distinguish the two: give each prompt a name of its own",
        (await Rule.VerifyAsync("""
            public sealed partial class Desk
            {
                [RoutedPrompt(Tier.Fast, Name = "triage"), PromptTemplate("{{ticket}}")]
                public partial Task<Triage> AskAsync(string ticket);
            }

            public sealed partial class Other
            {
                [RoutedPrompt(Tier.Fast, Name = {|PG0103:"triage"|}), PromptTemplate("{{ticket}}")]
                public partial Task<Triage> AskAsync(string ticket);

                [RoutedPrompt(Tier.Fast, Name = "other"), PromptTemplate("{{ticket}}")]
                public partial Task<Triage> OtherAsync(string ticket);
            }
            """)).Message("PG0103"));

    private static string Desk(string members) => $$$"""
        public sealed partial class Desk
        {
            {{{members}}}

            [RoutedPrompt(Tier.Fast), PromptTemplate("{{ticket}}")]
            public partial Task<Triage> AskAsync(string ticket);
        }
        """;
}
