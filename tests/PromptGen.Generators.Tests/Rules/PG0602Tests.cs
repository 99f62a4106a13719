namespace PromptGen.Generators.Tests.Rules;

/// <summary>Untrusted text gives no orders.</summary>
public sealed class PG0602Tests
{
    [Theory]
    [InlineData("{{role \\\"system\\\"}}Triage {{{|PG0602:ticket|}}}{{role \\\"user\\\"}}Go")]
    [InlineData("{{role \\\"system\\\"}}{{#if ticket}}{{{|PG0602:ticket|}}}{{/if}}{{role \\\"user\\\"}}Go")]
    public Task Fires(string template) => Rule.VerifyAsync($$"""
        public sealed partial class Desk
        {
            [RoutedPrompt(Tier.Fast)]
            [PromptTemplate("{{template}}")]
            public partial Task<Triage> AskAsync([Untrusted] string ticket);
        }
        """);

    [Theory]
    [InlineData("{{role \\\"system\\\"}}Triage for {{product}}{{role \\\"user\\\"}}{{ticket}}")]
    [InlineData("{{product}} {{ticket}}")]
    public Task Stays_silent(string template) => Rule.VerifyAsync($$"""
        public sealed partial class Desk
        {
            [RoutedPrompt(Tier.Fast)]
            [PromptTemplate("{{template}}")]
            public partial Task<Triage> AskAsync(string product, [Untrusted] string ticket);
        }
        """);
}
