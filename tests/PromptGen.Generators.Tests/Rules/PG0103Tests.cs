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
}
