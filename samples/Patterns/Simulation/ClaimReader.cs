using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Acme.Patterns.Simulation;

/// <summary>How a simulated model reads and settles a claim.</summary>
internal static partial class ClaimReader
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    /// <summary>What a model reads in the mails. A weak one knows one word for a fall.</summary>
    public static ClaimFacts Read(string mails, SimulatedModel model) => new(
        Date(Bought().Match(mails)),
        Date(Reported().Match(mails)),
        mails.Contains("receipt is attached", StringComparison.Ordinal),
        mails.Contains("dropped", StringComparison.Ordinal) || (!model.IsWeak && mails.Contains("slipped out of my hands", StringComparison.Ordinal)));

    /// <summary>How a model settles a claim, given as facts in JSON or as mails.</summary>
    public static ClaimDecision Settle(string claim, SimulatedModel model)
    {
        var facts = claim.StartsWith('{') ? JsonSerializer.Deserialize<ClaimFacts>(claim, Web)! : Read(claim, model);
        var days = facts.Reported.DayNumber - facts.Bought.DayNumber;

        return facts.WasDropped ? new("The customer dropped the device.", Settlement.Refuse)
            : !facts.HasReceipt ? new("There is no receipt.", Settlement.Refuse)
            : days <= 14 ? new("The device was bought within 14 days.", Settlement.Refund)
            : days <= 730 ? new("The device was bought within two years.", Settlement.Replace)
            : new("The warranty is over.", Settlement.Refuse);
    }

    private static DateOnly Date(Match match) => DateOnly.ParseExact(match.Groups[1].Value, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    [GeneratedRegex(@"bought the device on (\d{4}-\d{2}-\d{2})")]
    private static partial Regex Bought();

    [GeneratedRegex(@"Date: (\d{4}-\d{2}-\d{2})")]
    private static partial Regex Reported();
}
