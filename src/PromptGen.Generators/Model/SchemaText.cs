namespace PromptGen.Generators.Model;

/// <summary>A JSON file of the project.</summary>
/// <param name="Path">Its path, or the absolute URI that it was taken from.</param>
/// <param name="Text">Its text.</param>
internal sealed record SchemaText(string Path, string Text);
