namespace PromptGen.Generators.Tests.Rules;

/// <summary>A template that cannot be read says where.</summary>
public sealed class PG0205Tests
{
    [Theory]
    [InlineData("\"{|PG0205:{{|}ticket\"")]
    [InlineData("\"{{ticket}} {|PG0205:{{}}|}\"")]
    [InlineData("\"{{ticket}}{|PG0205:{{/if}}|}\"")]
    [InlineData("\"{{ticket}}{{#{|PG0205:for|} ticket}}{{/for}}\"")]
    public Task Fires(string template) => Rule.VerifyAsync($$"""
        public sealed partial class Desk
        {
            [RoutedPrompt(Tier.Fast)]
            [PromptTemplate({{template}})]
            public partial Task<Triage> AskAsync(string ticket);
        }
        """);

    [Fact]
    public Task Fires_for_front_matter() => Rule.VerifyAsync(
        """
        public sealed partial class Desk
        {
            [RoutedPrompt(Tier.Fast)]
            [PromptTemplate(File = "own.prompt")]
            public partial Task<Triage> AskAsync(string ticket);
        }
        """,
        ("/project/own.prompt", "{|PG0205:---|}\nmodel: gpt\n---\n{{ticket}}"));

    [Fact]
    public Task Stays_silent() => Rule.VerifyAsync("""
        public sealed partial class Desk
        {
            [RoutedPrompt(Tier.Fast)]
            [PromptTemplate("{{#if ticket}}{{ticket}}{{else}}nothing{{/if}} \\{{ticket} } {{!-- a comment --}}")]
            public partial Task<Triage> AskAsync(string ticket);
        }
        """);
}
