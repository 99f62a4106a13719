using System.Globalization;
using PromptGen;
using Spectre.Console;

namespace Acme.Support.Report;

/// <summary>The sums below the table, the cascade beside everything on the strongest model.</summary>
internal static class Totals
{
    /// <summary>Writes the sums.</summary>
    public static void Write(IAnsiConsole console, IReadOnlyList<TriagedTicket> tickets, Baseline baseline)
    {
        var hosted = tickets.Where(ticket => !ticket.Ticket.ContainsPersonalData).ToList();
        var inHouse = tickets.Where(ticket => ticket.Ticket.ContainsPersonalData).ToList();
        var cost = Cost(hosted);
        console.WriteLine($"Totals of the {hosted.Count} tickets that hosted models may see");
        TextTable.Write(console, ["", "cascade", $"everything on {ModelName.Of(Baseline.ModelId)}"],
        [
            ["in the right queue", Share(hosted, ticket => ticket.HasExpectedQueue), Share(baseline.Answers, ticket => ticket.HasExpectedQueue)],
            ["in a wrong queue", Share(hosted, ticket => ticket.HasWrongQueue), Share(baseline.Answers, ticket => ticket.HasWrongQueue)],
            ["left to a person", Share(hosted, ticket => ticket.IsLeftToPerson), Share(baseline.Answers, ticket => ticket.IsLeftToPerson)],
            ["urgency at most one off", Share(hosted, ticket => ticket.HasCloseUrgency), Share(baseline.Answers, ticket => ticket.HasCloseUrgency)],
            ["requests", Number(Requests(hosted)), baseline.Answers.Count == 0 ? "not run" : Number(Requests(baseline.Answers))],
            ["cost", cost.ToString(), $"{baseline.Cost}{Saving(cost, baseline.Cost)}"],
        ]);
        console.WriteLine(baseline.Answers.Count > 0
            ? "Right is the queue that a person had chosen. The last column is measured: each of these tickets went to the strongest model as well, under the same acceptance check."
            : "Right is the queue that a person had chosen. The last column is estimated: the tokens of each answer at the strongest model's prices, as a second run would cost money.");
        console.WriteLine();
        WriteWays(console, tickets);
        console.WriteLine($"{inHouse.Count} tickets with personal data used the self-hosted model only: {Share(inHouse, ticket => ticket.HasExpectedQueue)} in the right queue, {Cost(inHouse)}.");
    }

    private static void WriteWays(IAnsiConsole console, IReadOnlyList<TriagedTicket> tickets)
    {
        var answered = tickets.GroupBy(ticket => ModelName.Of(ticket.Result.ModelId)).OrderByDescending(group => group.Count());
        var setbacks = tickets.SelectMany(ticket => ticket.Result.Attempts)
            .Where(attempt => attempt.Outcome != PromptErrorCode.None)
            .GroupBy(Trail.Outcome)
            .OrderByDescending(group => group.Count());
        var fallbacks = tickets.Count(ticket => ticket.Result.Attempts.Any(attempt => attempt is { Reason: PromptAttemptReason.Fallback, Outcome: PromptErrorCode.None }));

        console.WriteLine($"Answered by   {string.Join(", ", answered.Select(group => $"{group.Key} {group.Count()}"))}");
        console.WriteLine($"Failures      {string.Join(", ", setbacks.Select(group => $"{group.Key} {group.Count()}"))}");
        console.WriteLine($"Fallback      {fallbacks} answered by another provider because the first one was unavailable");
    }

    private static PromptCost Cost(IEnumerable<TriagedTicket> tickets) => tickets.Aggregate(PromptCost.Zero, (sum, ticket) => sum + ticket.Result.Cost);

    private static int Requests(IEnumerable<TriagedTicket> tickets) => tickets.Sum(ticket => ticket.Result.Attempts.Count);

    private static string Share(IReadOnlyList<TriagedTicket> tickets, Func<TriagedTicket, bool> counts) =>
        tickets.Count == 0 ? "not run" : $"{Number(tickets.Count(counts))} of {Number(tickets.Count)}";

    private static string Saving(PromptCost cost, PromptCost baseline) =>
        cost.Usd > 0 && baseline.Usd > 0 ? string.Create(CultureInfo.InvariantCulture, $" ({baseline.Usd / cost.Usd:0.0} times as much)") : "";

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
