using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace PromptGen.Generators.Tests.Harness;

/// <summary>A template file among the project's <c>AdditionalFiles</c>.</summary>
internal sealed class PromptFile(string path, string text) : AdditionalText
{
    public override string Path => path;

    public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(text, Encoding.UTF8);
}
