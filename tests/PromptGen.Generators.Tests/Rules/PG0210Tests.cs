namespace PromptGen.Generators.Tests.Rules;

/// <summary>Messages are in an order that every provider takes as it is.</summary>
public sealed class PG0210Tests
{
    private const string Late = "There is text before the system message, and providers move or refuse a system message that is not the first: begin the template with {{role \"system\"}}";
    private const string Second = "There is a system message before this one, and providers merge or refuse a second one: write its text into the first";

    [Theory]
    [InlineData("{{ticket}}{|PG0210:{{role \\\"system\\\"}}|}Be kind.", Late)]
    [InlineData("{{role \\\"user\\\"}}{{ticket}}{|PG0210:{{role \\\"system\\\"}}|}Be kind.", Late)]
    [InlineData("{{role \\\"model\\\"}}Hi.{|PG0210:{{role \\\"system\\\"}}|}Be kind.{{role \\\"user\\\"}}{{ticket}}", Late)]
    [InlineData("{{role \\\"system\\\"}}Be kind.{|PG0210:{{role \\\"system\\\"}}|}Be quick.{{role \\\"user\\\"}}{{ticket}}", Second)]
    [InlineData("{{role \\\"system\\\"}}Be kind.{{role \\\"user\\\"}}{{ticket}}{|PG0210:{{role \\\"system\\\"}}|}Be quick.", Second)]
    [InlineData("{{role \\\"system\\\"}}Be kind.{{#if urgent}}{|PG0210:{{role \\\"system\\\"}}|}Be quick.{{/if}}{{role \\\"user\\\"}}{{ticket}}", Second)]
    [InlineData("{{#if urgent}}Now: {{else}}Later: {{/if}}{|PG0210:{{role \\\"system\\\"}}|}Be kind.{{role \\\"user\\\"}}{{ticket}}", Late)]
    [InlineData("{{#each lines}}{|PG0210:{{role \\\"system\\\"}}|}{{this}}{{/each}}{{role \\\"user\\\"}}{{ticket}}", Second)]
    public async Task Fires(string template, string message) => Assert.Equal(message, (await Rule.VerifyAsync(Prompt(template))).Message("PG0210"));

    [Fact]
    public async Task Fires_on_an_untrusted_parameter_in_the_words_of_the_model() => Assert.Equal(
        "The parameter 'quote' is [Untrusted] but is written as words of the model, which models take for their own: move it after {{role \"user\"}}",
        (await Rule.VerifyAsync(Prompt("{{ticket}}{{role \\\"assistant\\\"}}You said: {{#if urgent}}{{{|PG0210:quote|}}}{{/if}}{{role \\\"user\\\"}}Go on."))).Message("PG0210"));

    [Fact]
    public Task Fires_in_a_file() => Rule.VerifyAsync(
        """
        public sealed partial class Desk
        {
            [RoutedPrompt(Tier.Fast)]
            [PromptTemplate(File = "Prompts/late.prompt")]
            public partial Task<Triage> AskAsync(string ticket);
        }
        """,
        ("/project/Prompts/late.prompt", "🙂 {{ticket}}\r\n{|PG0210:{{role \"system\"}}|}\r\nBe kind.\r\n"));

    [Theory]
    [InlineData("\\n{{role \\\"system\\\"}}Be kind.{{role \\\"user\\\"}}{{ticket}}")]
    [InlineData("{{! the rules }}{{role \\\"system\\\"}}{{#if urgent}}Be quick.{{/if}}{{role \\\"user\\\"}}{{ticket}}")]
    [InlineData("{{#if urgent}}{{role \\\"system\\\"}}Be quick.{{else}}{{role \\\"system\\\"}}Be kind.{{/if}}{{role \\\"user\\\"}}{{ticket}}")]
    [InlineData("{{#if urgent}}{{role \\\"system\\\"}}Be quick.{{/if}}{{#unless urgent}}{{role \\\"system\\\"}}Be kind.{{/unless}}{{role \\\"user\\\"}}{{ticket}}")]
    [InlineData("{{#each lines}}{{#if @first}}{{role \\\"system\\\"}}{{else}}{{role \\\"user\\\"}}{{/if}}{{this}}{{/each}}{{ticket}}")]
    [InlineData("{{role \\\"user\\\"}}{{role \\\"system\\\"}}Be kind.{{role \\\"user\\\"}}{{ticket}}")]
    [InlineData("{{role \\\"system\\\"}}Be kind.{{#each turns}}{{role \\\"user\\\"}}{{question}}{{role \\\"model\\\"}}{{answer}}{{/each}}{{role \\\"user\\\"}}{{ticket}}{{quote}}")]
    [InlineData("{{ticket}}{{role \\\"model\\\"}}{{ticket}}{{role \\\"user\\\"}}{{quote}}")]
    public Task Stays_silent(string template) => Rule.VerifyAsync(Prompt(template));

    private static string Prompt(string template) => $$$"""
        public sealed record Turn(string Question, string Answer);

        public sealed partial class Desk
        {
            [RoutedPrompt(Tier.Fast)]
            [PromptTemplate("{{{template}}}")]
            [AcceptIf(nameof(Fits))]
            public partial Task<Triage> AskAsync(string ticket, bool urgent, string[] lines, [Untrusted] string quote, [Untrusted] IReadOnlyList<Turn> turns);

            private static bool Fits(Triage answer, string ticket, bool urgent, string[] lines, string quote, IReadOnlyList<Turn> turns) =>
                answer.Urgency > 0 || ticket.Length + lines.Length + quote.Length + turns.Count > 0 || urgent;
        }
        """;
}
