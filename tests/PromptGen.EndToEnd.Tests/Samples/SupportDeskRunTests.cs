extern alias sample;

using sample::Acme.Support;
using sample::Acme.Support.Report;
using sample::Acme.Support.Tickets;

namespace PromptGen.EndToEnd.Tests.Samples;

/// <summary>The sample as a newcomer runs it: no key, everything over HTTP.</summary>
public class SupportDeskRunTests
{
    // The whole mailbox, once for all tests that look at it.
    private static readonly Lazy<Task<(int Code, string Text)>> Mailbox = new(() => RunAsync());

    [Fact]
    public async Task Without_keys_it_prints_table_totals_and_that_the_models_are_simulated()
    {
        var (code, text) = await Mailbox.Value;
        var tickets = TicketFile.Load();

        Assert.Equal(0, code);
        Assert.True(tickets.Count >= 40);
        Assert.All(tickets, ticket => Assert.Matches($@"(?m)^ *{ticket.Id} +{ticket.Language} .*(Billing|Account|Technical|Other) ", text));
        Assert.Equal(2, text.Split("SIMULATED: openai, anthropic, ollama").Length - 1);
        Assert.DoesNotContain("REAL:", text, StringComparison.Ordinal);
        Assert.Contains("everything on opus-4-8", text, StringComparison.Ordinal);
        Assert.Matches(@"cost +\$0\.\d{6} +\$0\.\d{6} \(\d+\.\d times as much\)", text);
    }

    [Fact]
    public async Task The_table_shows_each_way_through_the_cascade()
    {
        var (_, text) = await Mailbox.Value;

        Assert.Matches(@"(?m)^ *T\d\d .*✗ schema → repair ✓", text);
        Assert.Matches(@"(?m)^ *T\d\d .*gpt-5.6-luna ✗ confidence → gpt-5.6-terra ✓", text);
        Assert.Matches(@"(?m)^ *T\d\d .*gpt-5.6-terra ✗ confidence → opus-4-8 ✓", text);
        Assert.Matches(@"(?m)^ *T\d\d .*✗ 429 → retry ✓", text);
        Assert.Matches(@"(?m)^ *T\d\d .*✗ 500 → retry ", text);
        Assert.Matches(@"(?m)^ *T\d\d .*retry ✗ 503 → retry ✗ 503 → \S+-\S+ ", text);
        Assert.Matches(@"(?m)^ *T\d\d .*✗ refused → ", text);
        Assert.Matches(@"(?m)^ *T\d\d .*✗ cut off → ", text);
        Assert.Matches(@"(?m)^ *T\d\d .*✓ \(fence\)", text);
        Assert.Matches(@"(?m)^ *T\d\d .*→ a person", text);
        Assert.Matches(@"(?m)^ *T\d\d .*personal .*llama3.1:70b ", text);
    }

    [Fact]
    public async Task One_ticket_of_your_own_prints_its_ledger()
    {
        var (code, text) = await RunAsync("--ticket", "I forgot my password and cannot log in to my account.");

        Assert.Equal(0, code);
        Assert.Contains("queue        Account", text, StringComparison.Ordinal);
        Assert.Contains(Models.Luna, text, StringComparison.Ordinal);
        Assert.Contains("in total     $0.000", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_personal_ticket_is_sent_to_the_self_hosted_model_only()
    {
        var (code, text) = await RunAsync("--personal", "--ticket", "I was born on 3 May 1948 and forgot my password, what is my login?");

        Assert.Equal(0, code);
        Assert.Contains(Models.Llama, text, StringComparison.Ordinal);
        Assert.DoesNotContain(Models.Luna, text, StringComparison.Ordinal);
        Assert.DoesNotContain("claude", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_and_mistakes_are_explained()
    {
        Assert.Contains("OPENAI_API_KEY", (await RunAsync("--help")).Text, StringComparison.Ordinal);
        Assert.Equal(2, (await RunAsync("--tickte", "x")).Code);
        Assert.Equal(2, (await RunAsync("--ticket")).Code);
        Assert.Equal(2, (await RunAsync("--personal")).Code);
    }

    [Fact]
    public async Task The_first_line_is_written_before_anything_is_started()
    {
        await using var output = new StringWriter();
        var before = "";
        await SupportDeskApp.RunAsync(
            ["--ticket", "I cannot log in."],
            output,
            variable =>
            {
                before = variable == "OPENAI_API_KEY" ? output.ToString() : before;
                return null;
            },
            CancellationToken.None);

        Assert.StartsWith("Support desk: ", before, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(80)]
    [InlineData(100)]
    [InlineData(120)]
    [InlineData(140)]
    public async Task The_report_fits_the_width_of_the_console(int columns)
    {
        await using var output = new StringWriter { NewLine = "\n" };
        var tickets = TicketFile.Load().Select(static (ticket, index) => new TriagedTicket(ticket, Result(index))).ToList();
        var console = Screen.Open(output, variable => variable == "COLUMNS" ? $"{columns}" : null);

        TriageTable.Write(console, tickets);
        Totals.Write(console, tickets, Baseline.Estimate(tickets));

        var lines = output.ToString().Split('\n');
        Assert.All(lines, line => Assert.InRange(line.Length, 0, columns));
        var head = Assert.Single(lines, static line => line.Contains("attempts and why", StringComparison.Ordinal));
        Assert.Equal(columns >= 100, head.Contains("kind", StringComparison.Ordinal));
        Assert.Equal(columns >= 120, head.Contains("answered by", StringComparison.Ordinal));
        Assert.Equal(columns >= 140, head.Contains("lang", StringComparison.Ordinal));
        Assert.All(tickets, ticket => Assert.Contains(lines, line => line.TrimStart().StartsWith(ticket.Ticket.Id, StringComparison.Ordinal)));
        Assert.DoesNotContain('\u001b', output.ToString());
    }

    // Answers with trails of one to seven attempts.
    private static PromptResult<Triage> Result(int index) => new()
    {
        Value = new Triage(Queue.Technical, 3, "A summary.", 0.9),
        ModelId = Models.Opus,
        Tier = Tier.Deep,
        Cost = PromptCost.Zero,
        Duration = TimeSpan.FromSeconds(1),
        Attempts =
        [
            .. Enumerable.Range(0, 1 + (index % 7)).Select(attempt => new PromptAttempt
            {
                ModelId = attempt % 2 == 0 ? Models.Terra : Models.Opus,
                Provider = "openai",
                Tier = Tier.Deep,
                Reason = PromptAttemptReason.Escalation,
                Outcome = PromptErrorCode.NotAccepted,
                Cost = PromptCost.Zero,
                Duration = TimeSpan.FromSeconds(1),
            }),
        ],
    };

    [Fact]
    public async Task A_cancelled_run_ends_cleanly()
    {
        using var cancellation = new CancellationTokenSource();
        await cancellation.CancelAsync();
        await using var output = new StringWriter();

        var code = await SupportDeskApp.RunAsync([], output, _ => null, cancellation.Token);

        Assert.Equal(130, code);
        Assert.Contains("Cancelled.", output.ToString(), StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Text)> RunAsync(params string[] arguments)
    {
        await using var output = new StringWriter { NewLine = "\n" };
        var code = await SupportDeskApp.RunAsync(arguments, output, variable => variable == "COLUMNS" ? "250" : null, CancellationToken.None);

        return (code, output.ToString());
    }
}
