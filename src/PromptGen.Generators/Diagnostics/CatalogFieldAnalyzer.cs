using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using PromptGen.Generators.Declarations.Symbols;
using PromptGen.Generators.Model;

namespace PromptGen.Generators.Diagnostics;

/// <summary>PG0801: <c>[Model]</c> where it makes no model: the reader of catalogs ignores what it cannot use.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class CatalogFieldAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc />
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(Descriptors.NoModel);

    /// <inheritdoc />
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterSymbolAction(Judge, SymbolKind.Field);
    }

    private static void Judge(SymbolAnalysisContext context)
    {
        var field = (IFieldSymbol)context.Symbol;
        foreach (var attribute in field.GetAttributes())
        {
            // The compiler reports an argument that is missing.
            if (attribute.IsPromptGen("Model") && attribute.ConstructorArguments.Length == 2)
            {
                if (WhyNoModel(field) is { } reason)
                {
                    context.ReportDiagnostic(Diagnostic.Create(Descriptors.NoModel, field.Locations[0], field.Name, reason));
                }
                else if (WrongArgument(attribute) is var (index, why))
                {
                    var syntax = attribute.ApplicationSyntaxReference?.GetSyntax(context.CancellationToken) as AttributeSyntax;
                    var place = syntax is null ? null : new AttributeArguments(syntax).Find("#" + index)?.GetLocation();
                    context.ReportDiagnostic(Diagnostic.Create(Descriptors.NoModel, place ?? field.Locations[0], field.Name, why));
                }
            }
        }
    }

    private static string? WhyNoModel(IFieldSymbol field) =>
        field.Type.TypeKind == TypeKind.Error ? null
        : field.Type.SpecialType != SpecialType.System_String ? "it is not a string: declare it as 'const string' with the id as its value"
        : !field.IsConst ? "it is not a constant, so the compiler does not know its id: declare it as 'const string'"
        : field.HasConstantValue && string.IsNullOrWhiteSpace(field.ConstantValue as string) ? "its id is empty: write the id by which the provider knows the model"
        : !field.ContainingType.HasPromptGenAttribute("ModelCatalog") && !IsImported(field.ContainingType) ? $"its class '{field.ContainingType.Name}' is not a catalog: mark the class [ModelCatalog]"
        : null;

    /// <summary>Whether the class's own assembly names it in <c>[assembly: UseCatalog]</c>, which reads it whatever its attributes are.</summary>
    private static bool IsImported(INamedTypeSymbol type) => type.ContainingAssembly.GetAttributes().Any(attribute =>
        attribute.IsPromptGen("UseCatalog") && attribute.ConstructorArguments.Length == 1 && SymbolEqualityComparer.Default.Equals(attribute.ConstructorArguments[0].Value as ISymbol, type));

    /// <summary>Which argument makes no model, and why; null where both do.</summary>
    private static (int Index, string Why)? WrongArgument(AttributeData attribute) =>
        string.IsNullOrWhiteSpace(attribute.Text(0)) ? (0, "it has no provider: write the name that AddProvider is given at start-up")
        : attribute.Enum(1) is not (>= 0 and <= (int)Tier.SelfHosted) ? (1, "its tier does not exist: write Tier.Fast, Tier.General, Tier.Deep or Tier.SelfHosted")
        : null;
}
