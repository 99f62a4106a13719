using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Acme.Patterns.Pipelines;

namespace Acme.Patterns.Simulation;

/// <summary>How a simulated model reads documents.</summary>
internal static partial class DocumentReader
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    /// <summary>The facts of a document.</summary>
    public static DocumentFacts Read(string document) => new(
        Party().Match(document).Groups[1].Value,
        Amount().Match(document) is { Success: true } amount ? decimal.Parse(amount.Groups[1].Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture) : 0,
        document.Contains("renews itself", StringComparison.Ordinal),
        document.Contains("liable without limit", StringComparison.Ordinal));

    /// <summary>What a document with these facts is. A model that sees no text takes one with an amount that has no end for a contract.</summary>
    public static Classification Classify(string facts)
    {
        var read = JsonSerializer.Deserialize<DocumentFacts>(facts, Web)!;

        return new(
            read.Amount == 0 ? DocumentKind.Letter : read.Party.Contains("Sons", StringComparison.Ordinal) ? DocumentKind.Invoice : DocumentKind.Contract,
            read.Amount > 50_000 || read.RenewsItself || read.HasUnlimitedLiability);
    }

    /// <summary>What is wrong with a document.</summary>
    public static Analysis Analyse(string document) => new(string.Join(' ', new[]
    {
        document.Contains("liable without limit", StringComparison.Ordinal) ? "Limit the liability to the yearly price." : "",
        document.Contains("renews itself", StringComparison.Ordinal) ? "Ask for a notice before it renews." : "",
    }.Where(static advice => advice.Length > 0)));

    /// <summary>The findings in one paragraph.</summary>
    public static Summary Summarise(string findings) => new(string.Join(' ', findings.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)));

    [GeneratedRegex(@"(?:Harbor and|Invoice of|Letter from) ([A-Z]\w+(?: (?:and )?[A-Z]\w+)*)")]
    private static partial Regex Party();

    [GeneratedRegex(@"([\d,]+) euros")]
    private static partial Regex Amount();
}
