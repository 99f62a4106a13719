namespace PromptGen.Generators.Tests.Rules;

/// <summary>A template holds no secret.</summary>
public sealed class PG0603Tests
{
    [Theory]
    [InlineData("use {|PG0603:sk-proj-Ab3dEf6hIj9kLmNoPqRsTuVw|} here", "an OpenAI API key")]
    [InlineData("use {|PG0603:sk-ant-api03-Ab3dEf6hIj9k|} here", "an Anthropic API key")]
    [InlineData("{|PG0603:AKIAIOSFODNN7EXAMPLE|}", "an AWS access key")]
    [InlineData("{|PG0603:ghp_16C7e42F292c6912E7710c838347Ae178B4a|}", "a GitHub token")]
    [InlineData("{|PG0603:xoxb-123456789012-abcdefghij|}", "a Slack token")]
    [InlineData("{|PG0603:-----BEGIN RSA PRIVATE KEY-----|}", "a private key")]
    [InlineData("{|PG0603:-----BEGIN PRIVATE KEY-----|}", "a private key")]
    [InlineData("Server=db;Password={|PG0603:hunter2|};", "a password")]
    [InlineData("pwd = '{|PG0603:hunter2|}'", "a password")]
    [InlineData("Authorization: Bearer {|PG0603:0a1b2c3d4e5f6a7b8c9d|}", "a bearer token")]
    [InlineData("{|PG0603:eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.abc-DEF_123|}", "a JSON Web Token")]
    public async Task Fires(string text, string kind)
    {
        var diagnostics = await Rule.VerifyAsync($$$"""
            public sealed partial class Desk
            {
                [RoutedPrompt(Tier.Fast)]
                [PromptTemplate("A\t\"{{ticket}}\" {{{text}}}")]
                public partial Task<Triage> AskAsync(string ticket);
            }
            """);

        Assert.StartsWith($"This looks like {kind}, ", diagnostics.Message("PG0603"), StringComparison.Ordinal);
    }

    [Fact]
    public Task Fires_in_a_file() => Rule.VerifyAsync(
        """
        public sealed partial class Desk
        {
            [RoutedPrompt(Tier.Fast)]
            [PromptTemplate(File = "own.prompt")]
            public partial Task<Triage> AskAsync(string ticket);
        }
        """,
        ("/project/own.prompt", "{{ticket}}\npassword={|PG0603:hunter2|}\n"));

    [Theory]
    [InlineData("Never ask for a password, a bearer token or an API key.")]
    [InlineData("A task-list-of-many-small-steps, risk-averse-and-well-documented-plan, sk-a-word-of-many-short-parts")]
    [InlineData("password={{ticket}} password=**** pwd=<yours> password=xxxxxx")]
    [InlineData("Bearer authentication is described below")]
    [InlineData("gpt-4o-mini-2024-07-18 and claude-3-5-sonnet-20241022")]
    [InlineData("-----BEGIN CERTIFICATE----- and -----BEGIN PUBLIC KEY-----")]
    public Task Stays_silent(string text) => Rule.VerifyAsync($$$"""
        public sealed partial class Desk
        {
            [RoutedPrompt(Tier.Fast)]
            [PromptTemplate("{{ticket}} {{{text}}}")]
            public partial Task<Triage> AskAsync(string ticket);
        }
        """);
}
