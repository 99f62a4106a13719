using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using PromptGen.Generators.Declarations;

namespace PromptGen.Generators.Diagnostics;

/// <summary>PG01: whether a library can give its method the name that it declares. Without a usable name nothing is generated, and programs do not find its prompts.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class LibraryAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc />
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(Descriptors.UnusableLibraryName);

    /// <inheritdoc />
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterSyntaxNodeAction(Judge, SyntaxKind.AttributeList);
    }

    private static void Judge(SyntaxNodeAnalysisContext context)
    {
        var list = (AttributeListSyntax)context.Node;
        if (list.Target is null || !list.Target.Identifier.IsKind(SyntaxKind.AssemblyKeyword))
        {
            return;
        }

        foreach (var attribute in list.Attributes)
        {
            if (attribute.ArgumentList?.Arguments.FirstOrDefault()?.Expression is { } argument
                && context.SemanticModel.GetSymbolInfo(attribute, context.CancellationToken).Symbol?.ContainingType.ToDisplayString() == LibraryReader.AttributeName
                && context.SemanticModel.GetConstantValue(argument, context.CancellationToken) is { HasValue: true, Value: var value }
                && LibraryReader.WhyNot(context.Compilation.AssemblyName ?? "", value as string ?? "") is { } reason)
            {
                context.ReportDiagnostic(Diagnostic.Create(Descriptors.UnusableLibraryName, argument.GetLocation(), value ?? "null", reason));
            }
        }
    }
}
