using Acme.Support.Providers;
using Acme.Support.Report;
using Acme.Support.Tickets;
using PromptGen;

namespace Acme.Support;

/// <summary>The program: triages the mailbox or one ticket and prints the results.</summary>
internal static class SupportDeskApp
{
    private const int Succeeded = 0;
    private const int Failed = 1;
    private const int WrongArguments = 2;
    private const int Cancelled = 130;

    /// <summary>Runs the program.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(string[] arguments, TextWriter output, Func<string, string?> environment, CancellationToken cancellationToken)
    {
        var line = CommandLine.Parse(arguments);
        if (line.WantsHelp || line.Mistake is not null)
        {
            output.WriteLine(line.Mistake is null ? CommandLine.Help : $"{line.Mistake} --help says what there is.");
            return line.Mistake is null ? Succeeded : WrongArguments;
        }

        try
        {
            await using var access = await ModelAccess.OpenAsync(environment);
            access.WriteNotice(output);
            await (line.Ticket is null ? TriageMailboxAsync(access, output, cancellationToken) : TriageOneAsync(line, access, output, cancellationToken));
            access.WriteNotice(output);
            return Succeeded;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            output.WriteLine();
            output.WriteLine("Cancelled.");
            return Cancelled;
        }
        catch (PromptException exception)
        {
            output.WriteLine();
            output.WriteLine(exception.Message);
            return Failed;
        }
    }

    private static async Task TriageMailboxAsync(ModelAccess access, TextWriter output, CancellationToken cancellationToken)
    {
        var desk = new SupportDesk(access.Prompts);
        var tickets = TicketFile.Load();
        var progress = new Progress(output, "triaged", tickets.Count);
        var triaged = await new Mailbox(progress.Report).TriageAsync(tickets, desk, cancellationToken);
        progress.Finish();
        TriageTable.Write(output, triaged);
        output.WriteLine();
        Totals.Write(output, triaged, await CompareAsync(access, desk, output, triaged, cancellationToken));
    }

    private static async Task<Baseline> CompareAsync(
        ModelAccess access, SupportDesk desk, TextWriter output, IReadOnlyList<TriagedTicket> triaged, CancellationToken cancellationToken)
    {
        var hosted = triaged.Where(ticket => !ticket.Ticket.ContainsPersonalData).ToList();
        if (!access.IsSimulatedThroughout)
        {
            return Baseline.Estimate(hosted);
        }

        var progress = new Progress(output, $"asked of {ModelName.Of(Baseline.ModelId)} for comparison", hosted.Count, isTerse: true);
        var baseline = await Baseline.MeasureAsync(new Mailbox(progress.Report), desk, hosted.Select(ticket => ticket.Ticket), cancellationToken);
        progress.Finish();
        return baseline;
    }

    private static async Task TriageOneAsync(CommandLine line, ModelAccess access, TextWriter output, CancellationToken cancellationToken)
    {
        var desk = new SupportDesk(access.Prompts);
        var result = line.IsPersonal
            ? await desk.TriagePrivatelyAsync(Mailbox.Product, line.Ticket!, cancellationToken)
            : await desk.TriageAsync(Mailbox.Product, line.Ticket!, cancellationToken);
        Ledger.Write(output, result);
    }
}
