extern alias sample;

using sample::Acme.Support;
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
        Assert.All(tickets, ticket => Assert.Matches($@"(?m)^{ticket.Id} +{ticket.Language} .*(Billing|Account|Technical|Other) ", text));
        Assert.Equal(2, text.Split("SIMULATED: openai, anthropic, ollama").Length - 1);
        Assert.DoesNotContain("REAL:", text, StringComparison.Ordinal);
        Assert.Contains("everything on opus-4-5", text, StringComparison.Ordinal);
        Assert.Matches(@"cost +\$0\.\d{6} +\$0\.\d{6} \(\d+\.\d times as much\)", text);
    }

    [Fact]
    public async Task The_table_shows_each_way_through_the_cascade()
    {
        var (_, text) = await Mailbox.Value;

        Assert.Matches(@"(?m)^T\d\d .*✗ schema → repair ✓", text);
        Assert.Matches(@"(?m)^T\d\d .*gpt-4o-mini ✗ confidence → gpt-4.1 ✓", text);
        Assert.Matches(@"(?m)^T\d\d .*gpt-4.1 ✗ confidence → opus-4-5 ✓", text);
        Assert.Matches(@"(?m)^T\d\d .*✗ 429 → retry ✓", text);
        Assert.Matches(@"(?m)^T\d\d .*✗ 500 → retry ", text);
        Assert.Matches(@"(?m)^T\d\d .*retry ✗ 503 → retry ✗ 503 → \S+-\S+ ", text);
        Assert.Matches(@"(?m)^T\d\d .*✗ refused → ", text);
        Assert.Matches(@"(?m)^T\d\d .*✗ cut off → ", text);
        Assert.Matches(@"(?m)^T\d\d .*✓ \(fence\)", text);
        Assert.Matches(@"(?m)^T\d\d .*→ a person", text);
        Assert.Matches(@"(?m)^T\d\d .*personal .*llama3.1:70b ", text);
    }

    [Fact]
    public async Task One_ticket_of_your_own_prints_its_ledger()
    {
        var (code, text) = await RunAsync("--ticket", "I forgot my password and cannot log in to my account.");

        Assert.Equal(0, code);
        Assert.Contains("queue        Account", text, StringComparison.Ordinal);
        Assert.Contains(Models.Mini, text, StringComparison.Ordinal);
        Assert.Contains("in total     $0.000", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_personal_ticket_never_leaves_the_house()
    {
        var (code, text) = await RunAsync("--personal", "--ticket", "I was born on 3 May 1948 and forgot my password, what is my login?");

        Assert.Equal(0, code);
        Assert.Contains(Models.Llama, text, StringComparison.Ordinal);
        Assert.DoesNotContain(Models.Mini, text, StringComparison.Ordinal);
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
        var code = await SupportDeskApp.RunAsync(arguments, output, _ => null, CancellationToken.None);

        return (code, output.ToString());
    }
}
