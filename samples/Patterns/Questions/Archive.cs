using Acme.Patterns.Pipelines;

namespace Acme.Patterns.Questions;

/// <summary>The documents that are reviewed.</summary>
internal static class Archive
{
    /// <summary>The documents.</summary>
    public static IReadOnlyList<Document> Documents { get; } =
    [
        new("lease.txt", "Contract between Harbor and Quay Estates. The rent is 4,000 euros. The contract ends on 31 December 2027."),
        new("hosting.txt", "Contract between Harbor and Northern Racks. The price is 90,000 euros. Harbor is liable without limit. The contract renews itself every year."),
        new("cables.txt", "Invoice of Cable and Sons. Please pay 1,250 euros within 30 days."),
        new("thanks.txt", "Letter from Marina Club. Thank you for the friendly visit."),
        new("backup.txt", "Contract between Harbor and Tape Vault. The price is 12,000 euros. The contract renews itself every year."),
    ];
}
