using Microsoft.CodeAnalysis.Text;

namespace PromptGen.Generators.Schemas.Json;

/// <summary>Why a text is no JSON.</summary>
/// <param name="Message">What is wrong, for a person.</param>
/// <param name="Span">Where.</param>
internal sealed record JsonError(string Message, TextSpan Span);
