namespace PromptGen.Generators.Tests.Rules;

/// <summary>All models are asked about the same data.</summary>
public sealed class PG0204Tests
{
    [Fact]
    public async Task Fires()
    {
        var diagnostics = await Rule.VerifyAsync("""
            public sealed partial class Desk
            {
                [RoutedPrompt(Tier.Fast)]
                [PromptTemplate("{{product}}: {{ticket}}")]
                [PromptTemplate("{{ticket}}", For = {|PG0204:"claude*"|})]
                public partial Task<Triage> AskAsync(string product, string ticket);
            }
            """);

        Assert.Equal(
            "The template for 'claude-3-5-haiku-20241022' does not use the parameter 'product', the one for 'gpt-4o-mini-2024-07-18' does, so those models are asked different questions: write {{product}} in both, or remove it from both",
            diagnostics.Message("PG0204"));
    }

    [Fact]
    public Task Fires_for_a_file() => Rule.VerifyAsync("""
        public sealed partial class Desk
        {
            [RoutedPrompt(Tier.Fast)]
            [PromptTemplate(File = {|PG0204:"Prompts/triage.prompt"|})]
            [PromptTemplate("{{product}}: {{ticket}}", ForTier = Tier.Fast, For = "claude*")]
            public partial Task<Triage> AskAsync(string product, string ticket);
        }
        """);

    [Fact]
    public Task Stays_silent() => Rule.VerifyAsync("""
        public sealed partial class Desk
        {
            [RoutedPrompt(Tier.Fast)]
            [PromptTemplate("{{product}}: {{ticket}}")]
            [PromptTemplate("<product>{{product}}</product> {{ticket}}", For = "claude*")]
            public partial Task<Triage> AskAsync(string product, string ticket);
        }
        """);

    [Fact]
    public Task Stays_silent_for_a_template_that_is_never_sent() => Rule.VerifyAsync("""
        public sealed partial class Desk
        {
            [RoutedPrompt(Tier.Fast)]
            [PromptTemplate("{{product}}: {{ticket}}", ForTier = Tier.Fast)]
            [{|PG0211:PromptTemplate("{{ticket}}")|}]
            public partial Task<Triage> AskAsync(string product, string ticket);
        }
        """);

    [Fact]
    public Task Stays_silent_where_sensitive_data_are_left_out_for_hosted_models() => Rule.VerifyAsync("""
        public sealed partial class Desk
        {
            [RoutedPrompt(Models.Llama, Fallbacks = [Models.Mini])]
            [PromptTemplate("{{name}}: {{ticket}}", ForTier = Tier.SelfHosted)]
            [PromptTemplate("{{ticket}}")]
            public partial Task<Triage> AskAsync([Sensitive] string name, string ticket);
        }
        """);
}
