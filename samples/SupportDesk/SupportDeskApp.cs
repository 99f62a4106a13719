using Acme.Support.Providers;
using Acme.Support.Report;
using Acme.Support.Tickets;
using PromptGen;
using Spectre.Console;

namespace Acme.Support;

/// <summary>The program: triages the mailbox or one ticket and prints the results.</summary>
internal static class SupportDeskApp
{
    /// <summary>Runs the program.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(string[] arguments, TextWriter output, Func<string, string?> environment, CancellationToken cancellationToken)
    {
        var console = Screen.Open(output, environment);
        var line = CommandLine.Parse(arguments);
        if (line.WantsHelp || line.Mistake is not null)
        {
            output.WriteLine(line.Mistake is null ? CommandLine.Help : $"{line.Mistake} --help lists the options.");
            return line.Mistake is null ? Exit.Succeeded : Exit.WrongArguments;
        }

        return await Exit.OfAsync(
            async () =>
            {
                console.WriteLine("Support desk: triages tickets through a cascade of models. Starting …");
                await using var ledger = line.Ledger is { } file ? new SqliteCallLedger(file) : null;
                await using var access = await ModelAccess.OpenAsync(environment, ledger);
                access.WriteNotice(console);
                await (line.Ticket is null ? TriageMailboxAsync(access, console, cancellationToken) : TriageOneAsync(line, access, console, cancellationToken));
                access.WriteNotice(console);
            },
            console,
            cancellationToken);
    }

    private static async Task TriageMailboxAsync(ModelAccess access, IAnsiConsole console, CancellationToken cancellationToken)
    {
        var desk = new SupportDesk(access.Prompts);
        var tickets = TicketFile.Load();
        var progress = new TicketProgress(console, "triaged", tickets.Count);
        var triaged = await new Mailbox(progress.Report).TriageAsync(tickets, desk, cancellationToken);
        progress.Finish();
        TriageTable.Write(console, triaged);
        console.WriteLine();
        Totals.Write(console, triaged, await CompareAsync(access, desk, console, triaged, cancellationToken));
    }

    private static async Task<Baseline> CompareAsync(
        ModelAccess access, SupportDesk desk, IAnsiConsole console, IReadOnlyList<TriagedTicket> triaged, CancellationToken cancellationToken)
    {
        var hosted = triaged.Where(ticket => !ticket.Ticket.ContainsPersonalData).ToList();
        if (!access.IsSimulatedThroughout)
        {
            return Baseline.Estimate(hosted);
        }

        var progress = new TicketProgress(console, $"asked of {ModelName.Of(Baseline.ModelId)} for comparison", hosted.Count, isTerse: true);
        var baseline = await Baseline.MeasureAsync(new Mailbox(progress.Report), desk, hosted.Select(ticket => ticket.Ticket), cancellationToken);
        progress.Finish();
        return baseline;
    }

    private static async Task TriageOneAsync(CommandLine line, ModelAccess access, IAnsiConsole console, CancellationToken cancellationToken)
    {
        var desk = new SupportDesk(access.Prompts);
        var result = line.IsPersonal
            ? await desk.TriagePrivatelyAsync(Mailbox.Product, line.Ticket!, cancellationToken)
            : await desk.TriageAsync(Mailbox.Product, line.Ticket!, cancellationToken);
        Ledger.Write(console, result);
    }
}
