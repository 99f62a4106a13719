using Microsoft.CodeAnalysis.Text;

namespace PromptGen.Generators.Templates;

/// <summary>A syntax error: what is wrong and the remedy, as one sentence.</summary>
internal readonly record struct TemplateProblem(TextSpan Span, string Message);
