using Microsoft.CodeAnalysis.Text;

namespace PromptGen.Generators.Templates;

/// <summary>A syntax error: what is wrong and the remedy, as one sentence.</summary>
/// <param name="Span">Where it is.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="Fix">What to write in its place; null where that is not known.</param>
internal readonly record struct TemplateProblem(TextSpan Span, string Message, string? Fix = null);
