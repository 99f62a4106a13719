using Acme.Patterns.Pipelines;

namespace Acme.Patterns.Simulation;

/// <summary>How a simulated model searches, reads and answers.</summary>
internal static class Researcher
{
    private static readonly string[] Topics = ["upload", "backup", "limit", "disk"];

    /// <summary>What a model searches for.</summary>
    public static SearchPlan Plan(string question) => question.Contains("upload", StringComparison.Ordinal) ? new(["uploads", "backups", "time limit"]) : new(["storage"]);

    /// <summary>The sentences of a source that have to do with the question.</summary>
    public static SourceClaims Collect(string source) => new(
    [
        .. source.Split(['.', '!'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Where(static sentence => Topics.Any(topic => sentence.Contains(topic, StringComparison.OrdinalIgnoreCase)))
            .Take(5)
            .Select(static sentence => $"{sentence}."),
    ]);

    /// <summary>An answer from the statements that several sources make.</summary>
    public static Synthesis Synthesise(string claims) => new(string.Join(' ', claims
        .Split('\n', StringSplitOptions.TrimEntries)
        .Select(static line => line.Split(" × "))
        .Where(static claim => claim is [not "1", _])
        .Select(static claim => claim[1])));
}
