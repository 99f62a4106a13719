namespace PromptGen.Generators.Model;

/// <summary>The schema file that a prompt names.</summary>
/// <param name="File">The path as it is written.</param>
/// <param name="IsJson">Whether the checked JSON itself is the output.</param>
/// <param name="Texts">The file with those that it refers to; null where it is not there.</param>
internal sealed record SchemaDeclaration(string File, bool IsJson, SchemaTexts? Texts);
