using Acme.Patterns.Pipelines;

namespace Acme.Patterns.Questions;

/// <summary>What is researched, and where it can be found.</summary>
internal static class Library
{
    /// <summary>The question.</summary>
    public const string Question = "Why do uploads of large files fail at night, and what helps?";

    private static readonly Source[] Sources =
    [
        new("Release notes 4.2", "Uploads above 5 GB are sent in parts. Since this version the time limit of a part is 60 seconds. The menu has new icons."),
        new("Incident of 3 October", "Backups run from one to three at night. While backups run, the disks are slow. Uploads above 5 GB are sent in parts."),
        new("Forum: upload stops", "While backups run, the disks are slow! Setting the time limit of a part to 300 seconds helped."),
        new("Handbook, chapter 7", "An administrator sets the time limit of a part in the settings. Setting the time limit of a part to 300 seconds helped."),
        new("Price list", "Storage costs 2 euros per 100 GB."),
    ];

    /// <summary>The sources that contain a word of a query.</summary>
    public static IReadOnlyList<Source> Search(string query) =>
        [.. Sources.Where(source => query.Split(' ').Any(word => source.Text.Contains(word, StringComparison.OrdinalIgnoreCase)))];
}
