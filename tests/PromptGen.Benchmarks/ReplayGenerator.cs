using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace PromptGen.Benchmarks;

/// <summary>Finds the same methods and hands over the same text as the real generator, but reads, plans and writes nothing.</summary>
internal sealed class ReplayGenerator(Dictionary<string, string[]> generated) : IIncrementalGenerator
{
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var classes = context.SyntaxProvider.ForAttributeWithMetadataName(
            "PromptGen.RoutedPromptAttribute",
            static (node, _) => node is MethodDeclarationSyntax,
            static (attributed, _) => attributed.TargetSymbol.ContainingType.Name);
        context.RegisterSourceOutput(classes, (production, name) =>
        {
            // Of a class and of its output type, which has the same number.
            foreach (var key in new[] { "Corpus." + name, "Corpus." + name.Replace("Desk", "Triage", StringComparison.Ordinal) })
            {
                for (var i = 0; generated.TryGetValue(key, out var texts) && i < texts.Length; i++)
                {
                    production.AddSource($"{key}.{i}.g.cs", SourceText.From(texts[i], Encoding.UTF8));
                }
            }
        });
    }
}
