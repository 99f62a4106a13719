using System.Collections.Generic;
using PromptGen.Generators.Schemas.Json;

namespace PromptGen.Generators.Schemas.Files;

/// <summary>A compiled schema file.</summary>
/// <param name="Document">The file, with places; null where it is no JSON.</param>
/// <param name="Root">The schema of the answer; null where the file is no JSON.</param>
/// <param name="Schemas">Every schema that can be reached.</param>
/// <param name="Problems">What is wrong with it.</param>
/// <param name="Targets">What each schema with a reference refers to.</param>
internal sealed record SchemaProgram(
    SchemaDocument? Document,
    Schema? Root,
    IReadOnlyList<Schema> Schemas,
    IReadOnlyList<SchemaProblem> Problems,
    IReadOnlyDictionary<JsonNode, SchemaPlace> Targets)
{
    /// <summary>The keywords that are not enforced.</summary>
    public IReadOnlyList<SchemaProblem> Unchecked { get; init; } = [];

    public static SchemaProgram Failed(SchemaProblem problem) => new(null, null, [], [problem], new Dictionary<JsonNode, SchemaPlace>());
}
