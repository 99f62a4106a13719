namespace PromptGen.Generators.Tests.Rules;

/// <summary>A placeholder names a parameter or a member of one.</summary>
public sealed class PG0202Tests
{
    [Theory]
    [InlineData("\"{{{|PG0202:tikcet|}}} {{ticket}}\"")]
    [InlineData("\"a\\tb\\u0041 \\\"{{{|PG0202:tikcet|}}}\\\" {{ticket}}\"")]
    [InlineData("@\"a\\b \"\"{{{|PG0202:tikcet|}}}\"\" {{ticket}}\"")]
    [InlineData("\"\"\"{{{|PG0202:tikcet|}}} \"quoted\" {{ticket}}\"\"\"")]
    [InlineData("\"\"\"\n            {{ticket}}\n\n              {{{|PG0202:tikcet|}}}\n            \"\"\"")]
    [InlineData("\"{{{|PG0202:order|}.customer}} {{ticket.Length}}\"")]
    [InlineData("\"{{ticket.{|PG0202:Lenght|}}}\"")]
    [InlineData("\"{{#if {|PG0202:urgent|}}}now{{/if}} {{ticket}}\"")]
    [InlineData("\"{{#each lines}}{{{|PG0202:numbre|}}}{{/each}}\"")]
    public Task Fires(string template) => Rule.VerifyAsync($$"""
        public sealed record Line(int Number, string Text);

        public sealed partial class Desk
        {
            [RoutedPrompt(Tier.Fast)]
            [PromptTemplate({{template}})]
            public partial Task<Triage> AskAsync(string ticket, Line[] lines);
        }
        """);

    [Fact]
    public Task Fires_in_a_file() => Rule.VerifyAsync(
        """
        public sealed partial class Desk
        {
            [RoutedPrompt(Tier.Fast)]
            [PromptTemplate(File = "Prompts/own.prompt")]
            public partial Task<Triage> AskAsync(string ticket);
        }
        """,
        ("/project/Prompts/own.prompt", "{{role \"user\"}}\r\n{{{|PG0202:tikcet|}}}\r\n"));

    [Fact]
    public Task Fires_where_a_template_names_the_options_of_the_call() => Rule.VerifyAsync("""
        public sealed partial class Desk
        {
            [RoutedPrompt(Tier.Fast)]
            [PromptTemplate("{{ticket}} {{{|PG0202:options|}.Model}}")]
            public partial Task<Triage> AskAsync(PromptOptions options, string ticket);
        }
        """);

    [Fact]
    public async Task Says_what_was_probably_meant()
    {
        var diagnostics = await Rule.VerifyAsync("""
            public sealed partial class Desk
            {
                [RoutedPrompt(Tier.Fast)]
                [PromptTemplate("{{{|PG0202:tikcet|}}}")]
                public partial Task<Triage> AskAsync(string ticket, int number);
            }
            """);

        Assert.Equal(
            "'tikcet' names no parameter or member: did you mean 'ticket'? The prompt's parameters are ticket, number",
            diagnostics.Message("PG0202"));
    }

    [Fact]
    public Task Stays_silent() => Rule.VerifyAsync("""
        public sealed record Line(int Number, string Text);

        public sealed partial class Desk
        {
            [RoutedPrompt(Tier.Fast)]
            [PromptTemplate("{{ticket}} {{#each lines}}{{@index}} {{number}} {{Text}} {{this.text}} {{../ticket}}{{/each}} {{json lines}} {{! {{nothing}} }}")]
            public partial Task<Triage> AskAsync(string ticket, Line[] lines);
        }
        """);
}
