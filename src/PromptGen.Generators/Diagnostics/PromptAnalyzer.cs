using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using PromptGen.Generators.Routing;

namespace PromptGen.Generators.Diagnostics;

/// <summary>
/// What all analyzers share: each prompt method is planned once, a concern judges the plan as data, and its findings are put on the source.
/// </summary>
public abstract class PromptAnalyzer : DiagnosticAnalyzer
{
    private readonly ImmutableDictionary<string, DiagnosticDescriptor> _descriptors;

    private protected PromptAnalyzer(params DiagnosticDescriptor[] descriptors)
    {
        SupportedDiagnostics = ImmutableArray.Create(descriptors);
        _descriptors = descriptors.ToImmutableDictionary(static descriptor => descriptor.Id);
    }

    /// <inheritdoc />
    public sealed override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; }

    /// <inheritdoc />
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            if (start.Compilation.GetTypeByMetadataName(Declarations.PromptReader.AttributeName) is null)
            {
                return;
            }

            var analysis = PromptAnalysis.For(start.Compilation, start.Options);
            start.RegisterSymbolAction(symbol => Analyze(symbol, analysis), SymbolKind.Method);
        });
    }

    /// <summary>What this concern has to say about a prompt. Works on data alone.</summary>
    private protected abstract IEnumerable<Finding> Judge(PromptPlan plan, Declarations.Catalog catalog);

    private void Analyze(SymbolAnalysisContext context, PromptAnalysis analysis)
    {
        var method = (IMethodSymbol)context.Symbol;
        if (method.PartialDefinitionPart is not null || analysis.Plan(method, context.CancellationToken) is not { } plan)
        {
            return;
        }

        PlaceResolver? places = null;
        foreach (var finding in Judge(plan, analysis.Catalog).Distinct())
        {
            if (_descriptors.TryGetValue(finding.Id, out var descriptor))
            {
                places ??= new PlaceResolver(method, plan, analysis, context.Compilation, context.CancellationToken);
                context.ReportDiagnostic(ToDiagnostic(finding, descriptor, places.Resolve(finding.Place)));
            }
        }
    }

    private static Diagnostic ToDiagnostic(Finding finding, DiagnosticDescriptor descriptor, Location location)
    {
        var properties = finding.Fix is { } fix ? ImmutableDictionary<string, string?>.Empty.Add(nameof(Finding.Fix), fix) : null;
        return Diagnostic.Create(descriptor, location, properties, finding.Arguments.ToArray<object>());
    }
}
