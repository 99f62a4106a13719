using System.Linq;
using Microsoft.CodeAnalysis.Text;
using PromptGen.Generators.Text;

namespace PromptGen.Generators.Model;

/// <summary>Something in a file of the project that cannot be used.</summary>
/// <param name="Span">Where.</param>
/// <param name="Message">What is wrong, and the remedy.</param>
internal sealed record FileProblem(TextSpan Span, string Message)
{
    public static EquatableArray<FileProblem> Of(FactFile file) =>
        file.Problems.Select(static problem => new FileProblem(new TextSpan(problem.Line.Start, problem.Line.Length), problem.Message)).ToEquatableArray();
}
