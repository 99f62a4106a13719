using Microsoft.CodeAnalysis.Text;

namespace PromptGen.Generators.Model;

/// <summary>Something in a file of the project that cannot be used.</summary>
/// <param name="Span">Where.</param>
/// <param name="Message">What is wrong, and the remedy.</param>
internal sealed record FileProblem(TextSpan Span, string Message);
