namespace PromptGen.Generators.Tests.Rules;

/// <summary>One provider alone has no stand-in.</summary>
public sealed class PG0406Tests
{
    [Theory]
    [InlineData("Tier.General")]
    [InlineData("Models.Haiku, Models.Sonnet")]
    public Task Fires(string route) => Rule.VerifyAsync($$$"""
        public sealed partial class Desk
        {
            [{|PG0406:RoutedPrompt({{{route}}})|}]
            [PromptTemplate("{{ticket}}")]
            public partial Task<Triage> AskAsync(string ticket);
        }
        """);

    [Theory]
    [InlineData("[RoutedPrompt(Tier.Fast)]")]
    [InlineData("[RoutedPrompt(Tier.SelfHosted)]")]
    [InlineData("[RoutedPrompt(Tier.General, Fallbacks = [Models.Mini])]")]
    [InlineData("[RoutedPrompt(Tier.General), Fallback(nameof(QueueAsync))]")]
    public async Task Stays_silent(string route)
    {
        var diagnostics = await Rule.VerifyAsync($$$"""
            public sealed partial class Desk
            {
                {{{route}}}
                [PromptTemplate("{{ticket}}")]
                public partial Task<Triage> AskAsync(string ticket);

                private Task<Triage> QueueAsync(string ticket) => throw new TimeoutException(ticket);
            }
            """);

        Assert.DoesNotContain(diagnostics, static diagnostic => diagnostic.Id == "PG0406");
    }
}
