using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using PromptGen.Generators.Declarations;
using PromptGen.Generators.Declarations.Symbols;
using PromptGen.Generators.Findings;
using PromptGen.Generators.Model;
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

    /// <summary>Whether this concern also looks at methods that cannot be prompts. For all others, that has to be fixed first.</summary>
    private protected virtual bool JudgesFlawed => false;

    /// <summary>Whether this concern also judges the models of the assembly's own catalogs, whether a prompt uses them or not.</summary>
    private protected virtual bool JudgesModels => false;

    /// <inheritdoc />
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            if (start.Compilation.GetTypeByMetadataName(PromptReader.AttributeName) is null)
            {
                return;
            }

            // Prompts share output types and template files: a problem of one of these is reported once.
            var reported = new ConcurrentDictionary<(Location, string), bool>();
            var analysis = PromptAnalysis.For(start.Compilation, start.Options);
            start.RegisterSymbolAction(symbol => AnalyzePrompt(symbol, analysis, reported), SymbolKind.Method);
            if (JudgesModels)
            {
                start.RegisterSymbolAction(symbol => AnalyzeCatalog(symbol, analysis), SymbolKind.NamedType);
            }
        });
    }

    /// <summary>What this concern has to say about a prompt. Works on data alone.</summary>
    private protected abstract IEnumerable<Finding> Judge(PromptPlan plan, Catalog catalog);

    /// <summary>What this concern has to say about the source of a prompt, beyond what its plan holds.</summary>
    private protected virtual IEnumerable<Finding> Judge(IMethodSymbol method, PromptPlan plan, CancellationToken cancellationToken) => [];

    /// <summary>What this concern has to say about a model of the assembly's own catalog. Works on data alone.</summary>
    private protected virtual IEnumerable<Finding> Judge(ModelDeclaration model, Catalog catalog) => [];

    private void AnalyzePrompt(SymbolAnalysisContext context, PromptAnalysis analysis, ConcurrentDictionary<(Location, string), bool> reported)
    {
        var method = (IMethodSymbol)context.Symbol;
        if (method.PartialDefinitionPart is not null
            || analysis.Plan(method, context.CancellationToken) is not { } plan
            || (plan.Declaration.Flaw is not null && !JudgesFlawed))
        {
            return;
        }

        PlaceResolver? places = null;
        foreach (var finding in Judge(plan, analysis.Catalog).Concat(Judge(method, plan, context.CancellationToken)).Distinct())
        {
            if (_descriptors.TryGetValue(finding.Id, out var descriptor))
            {
                places ??= new PlaceResolver(method, plan, analysis, context.Compilation, context.CancellationToken);
                var diagnostic = ToDiagnostic(finding, descriptor, places.Resolve(finding.Place));
                if (reported.TryAdd((diagnostic.Location, finding.Id + string.Join("\0", finding.Arguments)), true))
                {
                    context.ReportDiagnostic(diagnostic);
                }
            }
        }
    }

    private void AnalyzeCatalog(SymbolAnalysisContext context, PromptAnalysis analysis)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (!type.HasPromptGenAttribute("ModelCatalog"))
        {
            return;
        }

        foreach (var model in CatalogReader.Read(type, context.CancellationToken).Models)
        {
            var field = type.GetMembers(model.Field).FirstOrDefault() ?? type;
            foreach (var finding in Judge(model, analysis.Catalog))
            {
                if (_descriptors.TryGetValue(finding.Id, out var descriptor))
                {
                    context.ReportDiagnostic(ToDiagnostic(finding, descriptor, Locate(field, finding.Place, context.CancellationToken)));
                }
            }
        }
    }

    /// <summary>The argument of the field's attribute that the place names, else the field.</summary>
    private static Location Locate(ISymbol field, Place place, CancellationToken cancellationToken)
    {
        var attribute = place is Place.MemberAttribute { AttributeName: var name } ? field.GetAttributes().FirstOrDefault(candidate => candidate.IsPromptGen(name)) : null;
        return attribute?.ApplicationSyntaxReference?.GetSyntax(cancellationToken) is AttributeSyntax syntax
            && new AttributeArguments(syntax).Find(((Place.MemberAttribute)place).Argument) is { } argument
            ? argument.GetLocation()
            : field.Locations.FirstOrDefault() ?? Location.None;
    }

    private static Diagnostic ToDiagnostic(Finding finding, DiagnosticDescriptor descriptor, Location location)
    {
        var properties = finding.Fix is { } fix ? ImmutableDictionary<string, string?>.Empty.Add(nameof(Finding.Fix), fix) : null;
        var severity = finding.Severity ?? descriptor.DefaultSeverity;
        return Diagnostic.Create(descriptor, location, severity, additionalLocations: null, properties, finding.Arguments.ToArray<object>());
    }
}
