namespace PromptGen.Generators.Tests.Rules;

/// <summary>Something is sent, and the user says it.</summary>
public sealed class PG0209Tests
{
    private const string Empty = "The template is empty, so nothing would be sent: write what the model is asked";
    private const string OnlySystem = "The template has no message of the user, which providers require: add {{role \"user\"}} before what the model is asked";

    [Theory]
    [InlineData("{|PG0209:\"\"|}", Empty)]
    [InlineData("{|PG0209:\" \\r\\n\\t\"|}", Empty)]
    [InlineData("{|PG0209:\"{{! to be written }}\"|}", Empty)]
    [InlineData("{|PG0209:\"{{role \\\"user\\\"}}\"|}", Empty)]
    [InlineData("\"{|PG0209:{{role \\\"system\\\"}}|}You are kind. {{ticket}}\"", OnlySystem)]
    [InlineData("\"\\n {|PG0209:{{role \\\"system\\\"}}|}You are kind.{{role \\\"user\\\"}} \"", OnlySystem)]
    [InlineData("\"{|PG0209:{{role \\\"system\\\"}}|}You are kind.{{role \\\"model\\\"}}Yes.\"", OnlySystem)]
    public async Task Fires(string template, string message) => Assert.Equal(message, (await Rule.VerifyAsync(Prompt(template))).Message("PG0209"));

    [Fact]
    public Task Fires_in_a_raw_literal_behind_an_emoji() => Rule.VerifyAsync(Prompt(""""
        """
                {{! 🙂 }}

                {|PG0209:{{role "system"}}|}
                🙂 Be kind to {{ticket}}.
                """
        """").ReplaceLineEndings("\r\n"));

    [Fact]
    public async Task Fires_for_a_file()
    {
        const string Source = """
            public sealed partial class Desk
            {
                [RoutedPrompt(Tier.Fast)]
                [PromptTemplate(File = {|PG0209:"Prompts/empty.prompt"|})]
                [PromptTemplate(File = "Prompts/system.prompt", For = "claude*")]
                public partial Task<Triage> AskAsync();
            }
            """;
        var diagnostics = await Rule.VerifyAsync(Source, ("/project/Prompts/empty.prompt", " \r\n"), ("/project/Prompts/system.prompt", "\r\n{|PG0209:{{role \"system\"}}|}\r\nBe kind.\r\n"));

        Assert.Contains(diagnostics, static diagnostic => diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture) == "The file 'Prompts/empty.prompt' is empty, so nothing would be sent: write what the model is asked");
    }

    [Fact]
    public Task Fires_for_a_template_of_repairs() => Rule.VerifyAsync("""
        public sealed partial class Desk
        {
            [RoutedPrompt(Tier.Fast)]
            [PromptTemplate("{{ticket}}")]
            [RepairTemplate({|PG0209:""|})]
            public partial Task<Triage> AskAsync(string ticket);
        }
        """);

    [Theory]
    [InlineData("\"{{ticket}}\"")]
    [InlineData("\"Hello.{{role \\\"model\\\"}}Hi.\"")]
    [InlineData("\"{{role \\\"system\\\"}}Be kind.{{role \\\"user\\\"}}{{ticket}}\"")]
    [InlineData("\"{{#if urgent}}{{role \\\"system\\\"}}Be quick.{{role \\\"user\\\"}}{{/if}}{{ticket}}\"")]
    [InlineData("\"{{#if urgent}}{{role \\\"system\\\"}}{{else}}{{role \\\"user\\\"}}{{/if}}{{ticket}}\"")]
    [InlineData("\"{{role \\\"system\\\"}}Be kind.{{#each lines}}{{role \\\"user\\\"}}{{this}}{{/each}}\"")]
    public Task Stays_silent(string template) => Rule.VerifyAsync(Prompt(template));

    private static string Prompt(string template) => $$$""""
        public sealed partial class Desk
        {
            [RoutedPrompt(Tier.Fast)]
            [PromptTemplate({{{template}}})]
            [AcceptIf(nameof(Fits))]
            public partial Task<Triage> AskAsync(string ticket, bool urgent, string[] lines);

            private static bool Fits(Triage answer, string ticket, bool urgent, string[] lines) => answer.Urgency > 0 || ticket.Length + lines.Length > 0 || urgent;
        }
        """";
}
