using Microsoft.CodeAnalysis.Text;

namespace PromptGen.Generators.Schemas.Files;

/// <summary>A problem of a schema.</summary>
/// <param name="Path">The file.</param>
/// <param name="Span">Where in it.</param>
/// <param name="Message">What is wrong.</param>
internal sealed record SchemaProblem(string Path, TextSpan Span, string Message);
