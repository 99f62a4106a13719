namespace PromptGen.Generators.Tests.Rules;

/// <summary>Where nothing is checked nothing escalates.</summary>
public sealed class PG0404Tests
{
    [Theory]
    [InlineData("Tier.Fast, EscalateTo = {|PG0404:Tier.General|}", "string")]
    [InlineData("Models.Mini, {|PG0404:Models.Sonnet|}", "string")]
    [InlineData("Tier.Fast, EscalateTo = {|PG0404:Tier.General|}", "PromptResult<string>")]
    public Task Fires(string route, string output) => Rule.VerifyAsync($$$"""
        public sealed partial class Desk
        {
            [RoutedPrompt({{{route}}})]
            [PromptTemplate("{{ticket}}")]
            public partial Task<{{{output}}}> AskAsync(string ticket);
        }
        """);

    [Theory]
    [InlineData("string")]
    [InlineData("PromptSnapshot<Triage>")]
    public async Task Fires_where_the_answer_is_handed_over_before_it_could_be_judged(string item)
    {
        var diagnostics = await Rule.VerifyAsync($$$"""
            public sealed partial class Desk
            {
                [RoutedPrompt(Tier.Fast, EscalateTo = {|PG0404:Tier.General|})]
                [PromptTemplate("{{ticket}}")]
                public partial IAsyncEnumerable<{{{item}}}> AskAsync(string ticket);
            }
            """);

        Assert.Equal(
            "'AskAsync' streams its answer before anything can check it, so no answer is ever rejected and General is never asked: return a task or the elements of a list, or drop the escalation",
            diagnostics.Message("PG0404"));
    }

    [Fact]
    public Task Stays_silent_where_the_step_may_continue_a_stream() => Rule.VerifyAsync("""
        public sealed partial class Desk
        {
            [RoutedPrompt(Tier.Fast, EscalateTo = Tier.General, Resume = true)]
            [PromptTemplate("{{ticket}}")]
            public partial IAsyncEnumerable<string> AskAsync(string ticket);
        }
        """);

    [Fact]
    public Task Stays_silent_for_elements() => Rule.VerifyAsync("""
        public sealed partial class Desk
        {
            [RoutedPrompt(Tier.Fast, EscalateTo = Tier.General)]
            [PromptTemplate("{{ticket}}")]
            public partial IAsyncEnumerable<Triage> AskAsync(string ticket);
        }
        """);

    [Fact]
    public Task Stays_silent_where_a_call_may_name_a_model_of_the_step() => Rule.VerifyAsync("""
        public sealed partial class Desk
        {
            [RoutedPrompt(Tier.Fast, EscalateTo = Tier.General)]
            [PromptTemplate("{{ticket}}")]
            public partial Task<string> AskAsync(string ticket, PromptOptions? options = null);
        }
        """);

    [Theory]
    [InlineData("Tier.Fast", "string", "")]
    [InlineData("Tier.Fast, EscalateTo = Tier.General", "Triage", "")]
    [InlineData("Tier.Fast, EscalateTo = Tier.General", "bool", "")]
    [InlineData("Tier.Fast, EscalateTo = Tier.General", "string", "[AcceptIf(nameof(IsGood))]")]
    public Task Stays_silent(string route, string output, string check) => Rule.VerifyAsync($$$"""
        public sealed partial class Desk
        {
            [RoutedPrompt({{{route}}})]
            [PromptTemplate("{{ticket}}")]
            {{{check}}}
            public partial Task<{{{output}}}> AskAsync(string ticket);

            private static bool IsGood(string answer) => answer.Length > 10;
        }
        """);
}
