using System.Text;
using PromptGen.Generators.Routers;
using PromptGen.Generators.Tests.Harness;

namespace PromptGen.Generators.Tests.Rules;

/// <summary>The file of a learned router can be read.</summary>
public sealed class PG0421Tests
{
    private const string Head = "promptgen router 1\ndate: 2026-01-02\nlabels: 412\n";

    [Theory]
    [InlineData("{|PG0421:|}", "it is empty: its first line has to be 'promptgen router 1'")]
    [InlineData("\n# remark\n{|PG0421:promptgen calibration 1|}\nwhatever", "its first line has to be 'promptgen router 1'")]
    [InlineData(Head + "{|PG0421:threshold|}", "a line before the first section has to be 'name: value', for example 'labels: 412'")]
    [InlineData(Head + "[shape]\n{|PG0421:[shape]|}", "it has two sections [shape]: remove one of the two")]
    [InlineData(Head + "{|PG0421:threshold: 1.5|}\n@", "'threshold' has to be a number from 0 to 1: train the router again (promptgen train)")]
    [InlineData(Head + "{|PG0421:bias: 1|}\n@", "'bias' has to be 2 numbers: train the router again (promptgen train)")]
    [InlineData(Head + "{|PG0421:scale: 1 NaN|}\n@", "'scale' has to be 2 numbers: train the router again (promptgen train)")]
    [InlineData("{|PG0421:promptgen router 1|}\nlabels: 412\n@", "it has no date: write 'date: 2026-11-30'")]
    [InlineData("{|PG0421:promptgen router 1|}\ndate: 2026-01-02\nlabels: 0\n@", "it has no count of labelled examples: write 'labels: 412'")]
    [InlineData(Head + "{|PG0421:embedding:|}\ndimensions: 2\n@", "'embedding' has to be the id of a model of embeddings: train the router again (promptgen train)")]
    [InlineData(Head + "{|PG0421:embedding: one|}\n@", "'dimensions' has to be a number from 1 to 16384: train the router again (promptgen train)")]
    [InlineData(Head + "embedding: one\n{|PG0421:dimensions: 0|}\n@", "'dimensions' has to be a number from 1 to 16384: train the router again (promptgen train)")]
    [InlineData(Head + "embedding: one\n{|PG0421:dimensions: 16385|}\n@", "'dimensions' has to be a number from 1 to 16384: train the router again (promptgen train)")]
    [InlineData("{|PG0421:promptgen router 1|}\ndate: 2026-01-02\nlabels: 412\nembedding: one\ndimensions: 3\n@", "its section [weights] has 65536 bytes, not 6: train the router again (promptgen train)")]
    public async Task Fires_at_the_head(string file, string problem) => Assert.Equal(
        $"The router 'own.router' cannot be used: {problem}",
        (await VerifyAsync(file.Replace("@", Lines(file) + $"[shape]\n{RouterSample.Shape}[tasks]\n[weights]\n{RouterSample.Weights}", StringComparison.Ordinal))).Message("PG0421"));

    [Theory]
    [InlineData("first-line 1 0.5 0 0\n", "{|PG0421:first-line 1 0,5 0 0|}\n", "a line of [shape] has to be a name and four numbers: train the router again (promptgen train)")]
    [InlineData("first-line 1 0.5 0 0\n", "{|PG0421:first-line 1 0.5 0|}\n", "a line of [shape] has to be a name and four numbers: train the router again (promptgen train)")]
    [InlineData("[tasks]\n", "[tasks]\n{|PG0421:one 0.5 0.5|}\n", "a line of [tasks] has to be a name in quotation marks and two numbers: train the router again (promptgen train)")]
    [InlineData("[tasks]\n", "[tasks]\n{|PG0421:\"\\ud800\" 0.5 0.5|}\n", "a line of [tasks] has to be a name in quotation marks and two numbers: train the router again (promptgen train)")]
    [InlineData("[tasks]\n", "[tasks]\n{|PG0421:\"one\" 0.5|}\n", "a line of [tasks] has to be a name in quotation marks and two numbers: train the router again (promptgen train)")]
    [InlineData("[weights]\n", "[weights]\n{|PG0421:not Base64!|}\n", "a line of [weights] has to be Base64: train the router again (promptgen train)")]
    public async Task Fires_at_a_line_of_a_section(string from, string to, string problem)
    {
        var file = RouterSample.File("date: 2026-01-02\nlabels: 412\n");
        var changed = file.Replace(from, to, StringComparison.Ordinal);

        Assert.NotEqual(file, changed);
        Assert.Equal($"The router 'own.router' cannot be used: {problem}", (await VerifyAsync(changed)).Message("PG0421"));
    }

    [Theory]
    [InlineData("threshold: 0.6\n", "", "it has no line 'threshold': train the router again (promptgen train)")]
    [InlineData("calibration: 1 0\n", "", "it has no line 'calibration': train the router again (promptgen train)")]
    [InlineData("question 1 0.5 0 0\n", "", "its section [shape] has no line 'question': train the router again (promptgen train)")]
    [InlineData("[weights]\n", "[weights]\nAAAA\n", "its section [weights] has 65539 bytes, not 65536: train the router again (promptgen train)")]
    public async Task Fires_at_the_first_line_where_something_is_missing(string from, string to, string problem)
    {
        var file = RouterSample.File("date: 2026-01-02\nlabels: 412\n").Replace(from, to, StringComparison.Ordinal);

        Assert.Equal(
            $"The router 'own.router' cannot be used: {problem}",
            (await VerifyAsync(file.Replace("promptgen router 1", "{|PG0421:promptgen router 1|}", StringComparison.Ordinal))).Message("PG0421"));
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    public Task Stays_silent(string ending) => VerifyAsync(RouterSample.File("date: 2026-01-02\nlabels: 412\n", "\"Desk.AskAsync\" 0.5 -1e-3\n").ReplaceLineEndings(ending));

    [Fact]
    public Task Stays_silent_at_a_router_over_embeddings() => VerifyAsync(RouterSample.Embedded("date: 2026-01-02\nlabels: 412\n"));

    /// <summary>What the build lets pass can be read at run time: of a file in which one character is another one, the two never disagree in that direction.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_the_build_accepts_the_runtime_reads(bool isEmbedded)
    {
        const string Facts = "date: 2026-01-02\nlabels: 412\n";
        const string Tasks = "\"Desk.AskAsync\" 0.5 -1e-3\n\"\\u00e9\" 1 2\n";
        var file = isEmbedded ? RouterSample.Embedded(Facts, Tasks) : RouterSample.File(Facts, Tasks);
        using var embeddings = new FixedEmbeddings();
        var until = Math.Min(file.Length, file.IndexOf("[weights]", StringComparison.Ordinal) + 40);
        var random = new Random(17);
        var accepted = 0;
        for (var i = 0; i < 2_000; i++)
        {
            var changed = file.ToCharArray();
            changed[random.Next(until)] = " \t\n#[]\":0.9-eNx\\"[random.Next(16)];
            var content = RouterReader.Read("own.router", Microsoft.CodeAnalysis.Text.SourceText.From(new string(changed)));
            if (content.Problems.Count == 0)
            {
                accepted++;
                Assert.InRange(await LearnedRouter.Parse(Encoding.UTF8.GetBytes(content.Text)).ScoreAsync("é", embeddings, ["text"]), 0, 1);
            }
        }

        Assert.InRange(accepted, 200, 1_800);
    }

    /// <summary>The lines of a decision that a file does not have itself.</summary>
    private static string Lines(string file) => string.Concat(
        RouterSample.Decision.Split('\n').Where(line => line.Length > 0 && !file.Contains(line[..(line.IndexOf(':', StringComparison.Ordinal) + 1)], StringComparison.Ordinal)).Select(static line => line + "\n"));

    private static Task<Microsoft.CodeAnalysis.Diagnostic[]> VerifyAsync(string file) => Rule.VerifyAsync(
        """
        public sealed partial class Desk
        {
            [RoutedPrompt(Tier.Fast, EscalateTo = Tier.General)]
            [PromptTemplate("{{ticket}}")]
            [RouteLearned("own.router")]
            public partial Task<Triage> AskAsync(string ticket);
        }
        """,
        ("/project/own.router", file));
}
