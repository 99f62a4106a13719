namespace PromptGen.Generators.Tests.Rules;

/// <summary>Answers that must not, or cannot, be kept.</summary>
public sealed class PG0417Tests
{
    [Theory]
    [InlineData("IAsyncEnumerable<string>", "string ticket")]
    [InlineData("IAsyncEnumerable<Triage>", "string ticket")]
    [InlineData("IAsyncEnumerable<PromptSnapshot<Triage>>", "string ticket")]
    public Task Fires_for_streams(string output, string parameters) => Rule.VerifyAsync($$$"""
        public sealed partial class Desk
        {
            [RoutedPrompt(Tier.Fast)]
            [PromptTemplate("{{ticket}}")]
            [{|PG0417:Cached(60)|}]
            public partial {{{output}}} AskAsync({{{parameters}}});
        }
        """);

    [Fact]
    public Task Fires_for_a_chat_route() => Rule.VerifyAsync("""
        public sealed partial class Desk
        {
            [RoutedPrompt(Tier.Fast)]
            [{|PG0417:Cached(60)|}]
            public partial Microsoft.Extensions.AI.IChatClient Ask();
        }
        """);

    [Theory]
    [InlineData("[Sensitive] string {|PG0417:ticket|}", "Tier.SelfHosted", "[Cached] cannot keep the answers of 'AskAsync': its parameter 'ticket' is [Sensitive], and a cache keeps what is made of it: remove [Cached] or [Sensitive]")]
    [InlineData("string ticket, object {|PG0417:more|}", "Tier.Fast", "[Cached] cannot keep the answers of 'AskAsync': 'more' has no form that is the same for equal values: give the parameter a type with public members, text, numbers, dates, media or lists of them")]
    [InlineData("string ticket, Dictionary<string, List<System.IO.Stream>> {|PG0417:more|}", "Tier.Fast", "[Cached] cannot keep the answers of 'AskAsync': 'more[][]' has no form that is the same for equal values: give the parameter a type with public members, text, numbers, dates, media or lists of them")]
    public async Task Fires_for_parameters(string parameters, string tier, string message)
    {
        var diagnostics = await Rule.VerifyAsync($$$"""
            #pragma warning disable PG0203
            public sealed partial class Desk
            {
                [RoutedPrompt({{{tier}}})]
                [PromptTemplate("{{ticket}}")]
                [Cached(60)]
                public partial Task<Triage> AskAsync({{{parameters}}});
            }
            """);

        Assert.Equal(message, diagnostics.Message("PG0417"));
    }

    [Theory]
    [InlineData("string ticket, PromptOptions? options = null, CancellationToken cancellationToken = default")]
    [InlineData("string ticket, Triage triage, Dictionary<Queue, Triage[]> more, byte[] photo, Uri link, DateOnly day, (int, string) pair")]
    public Task Stays_silent(string parameters) => Rule.VerifyAsync($$$"""
        #pragma warning disable PG0203
        public sealed partial class Desk
        {
            [RoutedPrompt(Tier.Fast)]
            [PromptTemplate("{{ticket}}")]
            [Cached(60, PerScope = true)]
            public partial Task<Triage> AskAsync({{{parameters}}});
        }
        """);
}
