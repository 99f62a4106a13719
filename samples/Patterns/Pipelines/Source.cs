namespace Acme.Patterns.Pipelines;

/// <summary>What a search finds.</summary>
/// <param name="Title">Its title.</param>
/// <param name="Text">What it says.</param>
public sealed record Source(string Title, string Text);
