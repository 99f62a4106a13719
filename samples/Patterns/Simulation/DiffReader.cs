using Acme.Patterns.Pipelines;

namespace Acme.Patterns.Simulation;

/// <summary>How a simulated model reads a change.</summary>
internal static class DiffReader
{
    /// <summary>The risk of a change.</summary>
    public static RiskRating Rate(string diff) =>
        diff.Contains("decimal", StringComparison.Ordinal) ? new("It computes an amount of money.", Risk.High)
        : diff.Contains("database", StringComparison.Ordinal) ? new("It changes what is stored.", Risk.High)
        : diff.Contains("    // ", StringComparison.Ordinal) || !diff.Contains("    ", StringComparison.Ordinal) ? new("It changes no behaviour.", Risk.None)
        : new("It changes what a page shows.", Risk.Low);

    /// <summary>What a model says of a change. A weak one sees plain mistakes only.</summary>
    public static Review Review(string diff, SimulatedModel model) =>
        diff.Contains("ToUpper()", StringComparison.Ordinal) ? new("ToUpper() depends on the culture of the server: use ToUpperInvariant().", false)
        : model.IsWeak ? new("Looks right.", false)
        : diff.Contains("double", StringComparison.Ordinal) ? new("A double cannot hold every amount: totals will be wrong by a cent. Keep decimal.", true)
        : diff.Contains("DELETE", StringComparison.Ordinal) ? new("The invoice is lost where the second statement fails: run both in one transaction.", true)
        : new("Looks right.", false);
}
