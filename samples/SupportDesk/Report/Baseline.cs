using System.Reflection;
using Acme.Support.Tickets;
using PromptGen;

namespace Acme.Support.Report;

/// <summary>What everything on the strongest model comes to, for the tickets that hosted models may see.</summary>
/// <param name="Cost">What it costs.</param>
/// <param name="Answers">Its answers; empty where they were not asked for.</param>
internal sealed record Baseline(PromptCost Cost, IReadOnlyList<TriagedTicket> Answers)
{
    /// <summary>The id of the strongest model.</summary>
    public const string ModelId = Models.Opus;

    /// <summary>Measures: sends every ticket to the strongest model too.</summary>
    public static async Task<Baseline> MeasureAsync(Mailbox mailbox, SupportDesk desk, IEnumerable<Ticket> tickets, CancellationToken cancellationToken)
    {
        var answers = await mailbox.TriageAsync(
            [.. tickets],
            (ticket, token) => desk.TriageWithStrongestAsync(Mailbox.Product, ticket.Text, token),
            cancellationToken);

        return new Baseline(answers.Aggregate(PromptCost.Zero, (sum, answer) => sum + answer.Result.Cost), answers);
    }

    /// <summary>Estimates, where a second run would cost real money: the tokens of each last answer at the strongest model's prices.</summary>
    public static Baseline Estimate(IEnumerable<TriagedTicket> tickets)
    {
        var price = typeof(Models).GetField(nameof(Models.Opus))!.GetCustomAttribute<ModelAttribute>()!;
        var cost = tickets.Aggregate(PromptCost.Zero, (sum, ticket) => sum + Price(ticket.Result.Attempts, price));

        return new Baseline(cost, []);
    }

    private static PromptCost Price(IReadOnlyList<PromptAttempt> attempts, ModelAttribute price) =>
        attempts is [.., { Usage: { InputTokenCount: { } input, OutputTokenCount: { } output } }]
            ? new PromptCost(((input * (decimal)price.InputPrice) + (output * (decimal)price.OutputPrice)) / 1_000_000m, true)
            : PromptCost.Unknown;
}
