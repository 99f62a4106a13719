using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace PromptGen.Generators.Tests.Harness;

/// <summary>A template file among the project's <c>AdditionalFiles</c>.</summary>
internal sealed class PromptFile(string path, string text) : AdditionalText
{
    public override string Path => path;

    /// <summary>The text as the compiler reads a file: without a byte order mark.</summary>
    public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(text is ['\uFEFF', .. var rest] ? rest : text, Encoding.UTF8);
}
