using PromptGen.Generators.Schemas.Files;

namespace PromptGen.Generators.Declarations;

/// <summary>The schema file that a prompt names.</summary>
/// <param name="File">The path as it is written.</param>
/// <param name="IsJson">Whether the checked JSON itself is the output.</param>
/// <param name="Texts">The file and, where it refers to others, those that there are; empty where the file is not there.</param>
internal sealed record SchemaDeclaration(string File, bool IsJson, EquatableArray<SchemaText> Texts);
