namespace Acme.Patterns.Pipelines;

/// <summary>A document.</summary>
/// <param name="Name">The name of its file.</param>
/// <param name="Text">What it says.</param>
public sealed record Document(string Name, string Text);
