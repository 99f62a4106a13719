namespace Acme.Patterns.Pipelines;

/// <summary>The result of a pipeline, as a table.</summary>
/// <param name="Head">The titles of its columns.</param>
/// <param name="Rows">One row per item.</param>
/// <param name="Conclusion">What follows from them; null = there is none.</param>
internal sealed record Findings(string[] Head, IReadOnlyList<string[]> Rows, string? Conclusion = null);
