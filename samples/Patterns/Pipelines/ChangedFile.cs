namespace Acme.Patterns.Pipelines;

/// <summary>A file of a pull request.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Diff">The change.</param>
public sealed record ChangedFile(string Path, string Diff);
