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

    [Fact]
    public async Task Fires_for_what_a_repair_quotes()
    {
        var diagnostics = await Rule.VerifyAsync("""
            public sealed partial class Desk
            {
                [RoutedPrompt(Tier.Fast)]
                [PromptTemplate("{{ticket}}")]
                [RepairTemplate("{{role \"system\"}}It was {{{|PG0602:answer|}}}{{role \"user\"}}Again")]
                public partial Task<Triage> AskAsync(string ticket);
            }
            """);

        Assert.Equal("'answer' can quote the model's answer, so it must not be in a system message: move it after {{role \"user\"}}", diagnostics.Message("PG0602"));
    }

    [Fact]
    public async Task Fires_for_the_answer_of_an_earlier_step()
    {
        var diagnostics = await Rule.VerifyAsync("""
            public sealed partial class Desk
            {
                [RoutedPrompt(Tier.Fast, EscalateTo = Tier.General)]
                [PromptTemplate("{{role \"system\"}}{{#if previous}}Before: {{{|PG0602:previous.answer|}}}{{/if}}{{role \"user\"}}{{ticket}} {{previous.reason}}")]
                public partial Task<Triage> AskAsync(string ticket);
            }
            """);

        Assert.Equal("'previous' is the answer of another model, so it must not be in a system message: move it after {{role \"user\"}}", diagnostics.Message("PG0602"));
    }

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
