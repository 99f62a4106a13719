using System.Globalization;
using System.Text.RegularExpressions;

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
    [InlineData("{|PG0603:ASIA‹U16›|}", "an AWS access key")]
    [InlineData("aws_secret_access_key = {|PG0603:‹40›|}", "an AWS secret key")]
    [InlineData("AccountName=a;AccountKey={|PG0603:‹86›==|};", "an Azure account key")]
    [InlineData("https://a.blob.core.windows.net/c?sv=2024&sig={|PG0603:‹43›%3D|}", "an Azure signature")]
    [InlineData("{|PG0603:vzn8Q~‹34›|}", "an Azure client secret")]
    [InlineData("{|PG0603:AIza‹35›|}", "a Google API key")]
    [InlineData("{|PG0603:GOCSPX-‹28›|}", "a Google client secret")]
    [InlineData("{|PG0603:gho_‹36›|}", "a GitHub token")]
    [InlineData("{|PG0603:github_pat_‹22›_‹59›|}", "a GitHub token")]
    [InlineData("{|PG0603:glpat-‹20›|}", "a GitLab token")]
    [InlineData("https://hooks.slack.com/services/{|PG0603:T00000000/B00000000/‹24›|}", "a Slack webhook")]
    [InlineData("{|PG0603:sk_live_‹24›|}", "a Stripe key")]
    [InlineData("{|PG0603:rk_test_‹24›|}", "a Stripe key")]
    [InlineData("{|PG0603:whsec_‹32›|}", "a Stripe webhook secret")]
    [InlineData("{|PG0603:hf_‹34›|}", "a Hugging Face token")]
    [InlineData("{|PG0603:gsk_‹52›|}", "a Groq API key")]
    [InlineData("{|PG0603:xai-‹80›|}", "an xAI API key")]
    [InlineData("{|PG0603:SG.‹22›.‹43›|}", "a SendGrid API key")]
    [InlineData("{|PG0603:npm_‹36›|}", "an npm token")]
    [InlineData("postgres://app:{|PG0603:hunter2|}@db/desk", "a password in a URL")]
    [InlineData("{ \\\"password\\\": \\\"{|PG0603:hunter2|}\\\" }", "a password")]
    [InlineData("DB_PASSWORD={|PG0603:Tr0ub4dor|}", "a password")]
    public async Task Fires(string text, string kind)
    {
        var diagnostics = await Rule.VerifyAsync($$$"""
            public sealed partial class Desk
            {
                [RoutedPrompt(Tier.Fast)]
                [PromptTemplate("A\t\"{{ticket}}\" {{{Filled(text)}}}")]
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
    [InlineData("password=none password=null pwd=required password=your-password password=undefined Password=Optional password=true")]
    [InlineData("{ \\\"password\\\": \\\"string\\\" } https://user:password@example.com postgres://{user}:{password}@host https://example.com:8080/@team")]
    [InlineData("sk_live_ keys and whsec_ secrets begin like this; AKIA and ghp_ as well; hf_hub_download(repo_id)")]
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

    /// <summary>Replaces a number in angle quotes by as many letters and digits, or capitals and digits: a key written out here could be mistaken for a real one.</summary>
    private static string Filled(string text) => Regex.Replace(text, "‹(U?)([0-9]+)›", static match => string.Concat(Enumerable.Range(0, int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture))
        .Select(i => (match.Groups[1].Length > 0 ? "0A1B2C3D4E5F6G7H8" : "0a1B2c3D4e5F6g7H8")[i % 17])));
}
