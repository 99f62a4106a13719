namespace PromptGen.Generators.Tests.Rules;

/// <summary>What a template says is sent at times.</summary>
public sealed class PG0211Tests
{
    [Theory]
    [InlineData("Tier.Fast", "Triage", "", "'previous' is always absent: 'gpt-4o-mini-2024-07-18' and 'claude-3-5-haiku-20241022' are asked in the first step only: add EscalateTo, or remove 'previous'")]
    [InlineData("Models.Mini", "Triage", "", "'previous' is always absent: 'gpt-4o-mini-2024-07-18' is asked in the first step only: add EscalateTo, or remove 'previous'")]
    [InlineData("Models.Mini, Models.Sonnet", "string", "#pragma warning disable PG0404", "'previous' is always absent: any text is accepted, so no answer is rejected before: add [AcceptIf], or remove 'previous'")]
    public async Task Fires(string route, string output, string before, string message)
    {
        var diagnostics = await Rule.VerifyAsync($$$$"""
            {{{{before}}}}
            public sealed partial class Desk
            {
                [RoutedPrompt({{{{route}}}})]
                [PromptTemplate("{{ticket}}{{#if {|PG0211:previous|}}}{{previous.answer}}{{/if}}")]
                public partial Task<{{{{output}}}}> AskAsync(string ticket);
            }
            """);

        Assert.Equal(message, diagnostics.Message("PG0211"));
    }

    [Fact]
    public async Task Fires_for_a_placeholder_that_an_interpolated_string_took_a_pair_of_braces_from()
    {
        var diagnostics = await Rule.VerifyAsync("""
            public sealed partial class Desk
            {
                private const string Product = "Acme";

                [RoutedPrompt(Tier.Fast)]
                [PromptTemplate({|PG0211:$"For {Product}: {{ticket}}"|})]
                public partial Task<Triage> AskAsync(string {|PG0203:ticket|});
            }
            """);

        Assert.Equal("'{ticket}' is sent as text, because an interpolated string makes one brace of two: write {{{{ticket}}}}, or join constants with +", diagnostics.Message("PG0211"));
    }

    [Fact]
    public Task Fires_for_the_template_of_the_first_step_only() => Rule.VerifyAsync("""
        public sealed partial class Desk
        {
            [RoutedPrompt(Tier.Fast, EscalateTo = Tier.General)]
            [PromptTemplate("{{ticket}} {{previous.answer}}")]
            [PromptTemplate("{{ticket}} {{{|PG0211:previous.answer|}}}", ForTier = Tier.Fast)]
            public partial Task<Triage> AskAsync(string ticket);
        }
        """);

    [Theory]
    [InlineData("Tier.Fast, EscalateTo = Tier.General", "Triage", "")]
    [InlineData("Tier.Fast", "Triage", "[Ensemble(Models.Mini, Models.Haiku, Quorum = 2)]")]
    [InlineData("Models.Mini, Models.Sonnet", "string", "[AcceptIf(nameof(IsGood))]")]
    [InlineData("Tier.General", "Triage", "[RouteWhen(Tier.Fast, MaxInputTokens = 100)]")]
    public Task Stays_silent(string route, string output, string clause) => Rule.VerifyAsync($$$"""
        public sealed partial class Desk
        {
            [RoutedPrompt({{{route}}})]
            [PromptTemplate("{{ticket}}{{#if previous}}{{previous.answer}}{{/if}}")]
            {{{clause}}}
            public partial Task<{{{output}}}> AskAsync(string ticket);

            private static bool IsGood(string answer) => answer.Length > 10;
        }
        """);

    [Fact]
    public Task Stays_silent_where_a_parameter_has_the_name() => Rule.VerifyAsync("""
        public sealed partial class Desk
        {
            [RoutedPrompt(Tier.Fast)]
            [PromptTemplate("{{#if previous}}{{previous}}{{/if}}")]
            public partial Task<Triage> AskAsync(string previous);
        }
        """);

    [Theory]
    [InlineData("\"{{ticket}}\", File = {|PG0211:\"Prompts/triage.prompt\"|}", "The file 'Prompts/triage.prompt' is not read, because the attribute has a text too: remove one of the two")]
    [InlineData("\"{{ticket}}\", For = \"gpt*, {|PG0211:claud-*|},claude*\"", "No model of the route matches 'claud-*': fix the pattern, or remove it from For")]
    [InlineData("\"{{ticket}}\", For = @\"*,{|PG0211:gpt-4o|}\"", "No model of the route matches 'gpt-4o': fix the pattern, or remove it from For")]
    [InlineData("\"{{ticket}} {|PG0211:{product}|}\"", "'{product}' is sent as text, because a placeholder has two braces: write {{product}}")]
    [InlineData("\"{{ticket}} ${|PG0211:{ product.Length }|}\"", "'{ product.Length }' is sent as text, because a placeholder has two braces: write {{ product.Length }}")]
    [InlineData("\"{{ticket}} {{product}} {{#if {|PG0211:day|}}}Today{{/if}}\"", "The condition 'day' always holds, because a DateTime always has a value: remove the condition, or test a bool, a text, a number, a collection or a value that may be null")]
    [InlineData("\"{{ticket}}{{#if product}} {{#if urgent}}{{#unless {|PG0211:product|}}}x{{/unless}}{{/if}}{{/if}}\"", "The condition 'product' always holds, because it is tested already by the block around: remove the condition, or test a bool, a text, a number, a collection or a value that may be null")]
    public async Task Fires_where_a_part_has_no_effect(string template, string message) => Assert.Equal(message, (await Rule.VerifyAsync(Desk($"[PromptTemplate({template})]"))).Message("PG0211"));

    [Theory]
    [InlineData("[{|PG0211:PromptTemplate(\"{{ticket}}\")|}, PromptTemplate(\"{{ticket}}\", For = \"gpt*\"), PromptTemplate(\"{{ticket}}\", For = \"claude*\")]")]
    [InlineData("[PromptTemplate(\"{{ticket}}\", ForTier = {|PG0211:Tier.Fast|}), PromptTemplate(\"{{ticket}}\", For = \"*\")]")]
    [InlineData("[PromptTemplate(\"{{ticket}}\", For = {|PG0211:\"claude*\"|}), PromptTemplate(\"{{ticket}}\", For = Models.Haiku), PromptTemplate(\"{{ticket}}\")]")]
    public Task Fires_where_a_template_is_never_sent(string templates) => Rule.VerifyAsync(Desk(templates));

    [Fact]
    public Task Fires_in_a_file() => Rule.VerifyAsync(
        Desk("[PromptTemplate(File = \"Prompts/effect.prompt\")]"),
        ("/project/Prompts/effect.prompt", "🙂 {{ticket}}\r\n{|PG0211:{product}|}\r\n{{#if {|PG0211:day|}}}x{{/if}}"));

    [Theory]
    [InlineData("[PromptTemplate(\"{{ticket}}\"), PromptTemplate(\"{{ticket}}\", For = \"claude*\")]")]
    [InlineData("[PromptTemplate(\"{{ticket}}\", For = \"gpt*, claude*,,\")]")]
    [InlineData("[PromptTemplate(\"{{ticket}} {{product}}: answer as {product} or {id}\")]")]
    [InlineData("[PromptTemplate(\"{{ticket}} {\\\"product\\\": 1} {product: 1} {{product}} { }\")]")]
    [InlineData("[PromptTemplate(\"{{ticket}} \\\\{{product}}\")]")]
    [InlineData("[PromptTemplate(\"{{ticket}}{{#if product}}{{product}}{{/if}}{{#if product}} again{{/if}}\")]")]
    [InlineData("[PromptTemplate(\"{{ticket}}{{#if product}}{{else}}{{#if product}}x{{/if}}{{/if}}{{#if urgent}}{{#if maybe}}{{day}}{{/if}}{{/if}}\")]")]
    public Task Stays_silent_where_all_parts_have_an_effect(string templates) => Rule.VerifyAsync(Desk(templates));

    private static string Desk(string templates) => $$$"""
        public sealed partial class Desk
        {
            [RoutedPrompt(Tier.Fast)]
            {{{templates}}}
            [AcceptIf(nameof(Fits))]
            public partial Task<Triage> AskAsync(string ticket, string product, bool urgent, DateTime day, DateTime? maybe);

            private static bool Fits(Triage answer, string ticket, string product, bool urgent, DateTime day, DateTime? maybe) =>
                answer.Urgency > 0 || ticket.Length + product.Length > 0 || urgent || day > maybe;
        }
        """;
}
