using System.Collections.Immutable;
using System.Linq;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using PromptGen.Generators.Caching;
using PromptGen.Generators.Declarations;
using PromptGen.Generators.Emission;
using PromptGen.Generators.Routing;
using PromptGen.Generators.Schemas.Files;
using PromptGen.Generators.Templates;

namespace PromptGen.Generators;

/// <summary>
/// The pipeline: declarations and catalogs are read from symbols, bound to each other, and written. Every value that passes from one step
/// to the next compares by content, so a step runs again only when what it reads has changed. Nothing is reported here: the analyzers do that.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class PromptGenerator : IIncrementalGenerator
{
    private static readonly Encoding Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

    /// <inheritdoc />
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var catalogs = Catalogs(context);
        var catalog = catalogs.Select(static (all, _) => Catalog.From(all)).WithTrackingName(TrackingNames.Catalog);

        IncrementalValuesProvider<PromptDeclaration> declarations = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                PromptReader.AttributeName,
                static (node, _) => node is MethodDeclarationSyntax,
                static (attributed, cancellationToken) => ReadingCache.GetOrRead(
                    attributed.TargetNode,
                    attributed.SemanticModel.Compilation,
                    token => PromptReader.Read((IMethodSymbol)attributed.TargetSymbol, token),
                    cancellationToken))
            .Where(static declaration => declaration is not null)
            .WithTrackingName(TrackingNames.Declaration)!;

        var plans = declarations
            .Combine(Repair(context))
            .Select(static (pair, _) => pair.Left.WithRepair(pair.Right))
            .Combine(context.AdditionalTextsProvider.Where(static file => TemplateFiles.IsCandidate(file.Path) || SchemaFiles.IsCandidate(file.Path)).Collect())
            .Select(static (pair, cancellationToken) =>
                SchemaFiles.Read(TemplateFiles.Read(pair.Left, pair.Right, cancellationToken), pair.Right, cancellationToken))
            .WithTrackingName(TrackingNames.WithFiles)
            .Combine(catalog)
            .Select(static (pair, _) => PromptPlanner.Plan(pair.Left, pair.Right))
            .WithTrackingName(TrackingNames.Plan);

        context.RegisterSourceOutput(plans, static (production, plan) => Add(production, plan.Declaration.HintName, PromptEmitter.Emit(plan)));
        AddContracts(context, declarations, plans, catalog);
        AddClasses(context, plans);
    }

    /// <summary>A file for each output type, and for each schema file, however many prompts have it.</summary>
    private static void AddContracts(
        IncrementalGeneratorInitializationContext context,
        IncrementalValuesProvider<PromptDeclaration> declarations,
        IncrementalValuesProvider<PromptPlan> plans,
        IncrementalValueProvider<Catalog> catalog)
    {
        var contracts = declarations
            .SelectMany(static (declaration, _) => ImmutableArray.Create(declaration.Contract, declaration.Element))
            .Where(static contract => contract is { CanEmit: true })
            .Collect()
            .SelectMany(static (all, _) => all.GroupBy(static contract => contract!.HintName).Select(static group => group.First()!))
            .WithTrackingName(TrackingNames.Contract);
        var dialects = catalog.Select(static (all, _) => DialectSet.Of(all.Models)).WithTrackingName(TrackingNames.Dialects);
        context.RegisterSourceOutput(
            contracts.Combine(dialects),
            static (production, pair) => Add(production, pair.Left.HintName, ContractEmitter.Emit(pair.Left, pair.Right)));

        var schemas = plans
            .Where(static plan => plan.Schema is not null && plan.CanEmit)
            .Select(static (plan, _) => plan.Schema!)
            .Collect()
            .SelectMany(static (all, _) => all.GroupBy(static schema => schema.HintName, System.StringComparer.OrdinalIgnoreCase).Select(static group => group.First()))
            .WithTrackingName(TrackingNames.Schema);
        context.RegisterSourceOutput(
            schemas.Combine(dialects),
            static (production, pair) => Add(production, pair.Left.HintName, SchemaEmitter.Emit(pair.Left, pair.Right)));
    }

    /// <summary>A file for each class with prompts, and the manifest of the assembly.</summary>
    private static void AddClasses(IncrementalGeneratorInitializationContext context, IncrementalValuesProvider<PromptPlan> plans)
    {
        var classes = plans
            .Where(static plan => plan.CanEmit)
            .Select(static (plan, _) => (plan.Declaration.Container, plan.Declaration.Stem))
            .Collect()
            .Select(static (prompts, _) => Classes(prompts))
            .WithTrackingName(TrackingNames.Classes);
        context.RegisterSourceOutput(
            classes.SelectMany(static (all, _) => all),
            static (production, promptClass) => Add(production, promptClass.HintName, ClassEmitter.Emit(promptClass)));
        context.RegisterSourceOutput(
            classes.Combine(context.CompilationProvider.Select(static (compilation, _) => compilation.AssemblyName ?? "")),
            static (production, pair) => Add(production, ManifestEmitter.HintName, pair.Left.Count == 0 ? null : ManifestEmitter.Emit(pair.Left, pair.Right)));
    }

    private static IncrementalValueProvider<ImmutableArray<CatalogDeclaration>> Catalogs(IncrementalGeneratorInitializationContext context)
    {
        var own = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                CatalogReader.AttributeName,
                static (node, _) => node is ClassDeclarationSyntax,
                static (attributed, cancellationToken) => CatalogReader.Read((INamedTypeSymbol)attributed.TargetSymbol, cancellationToken))
            .WithTrackingName(TrackingNames.OwnCatalogs);
        var used = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                CatalogReader.UseAttributeName,
                static (node, _) => node is CompilationUnitSyntax,
                static (attributed, cancellationToken) => CatalogReader.ReadUsed(attributed.SemanticModel.Compilation.Assembly, cancellationToken))
            .SelectMany(static (catalogs, _) => catalogs)
            .WithTrackingName(TrackingNames.UsedCatalogs);

        var all = own.Collect().Combine(used.Collect()).Select(static (pair, _) => pair.Left.AddRange(pair.Right));
        context.RegisterSourceOutput(
            all.SelectMany(static (catalogs, _) => Catalog.From(catalogs).Catalogs).WithTrackingName(TrackingNames.CatalogFile),
            static (production, catalog) => Add(production, CatalogEmitter.HintName(catalog), CatalogEmitter.Emit(catalog)));
        return all;
    }

    /// <summary>The assembly's own template for repairs. Apart from the prompts, which are not read again when an attribute elsewhere changes.</summary>
    private static IncrementalValueProvider<RepairDeclaration?> Repair(IncrementalGeneratorInitializationContext context) => context.SyntaxProvider
        .ForAttributeWithMetadataName(
            RepairDeclaration.AttributeName,
            static (node, _) => node is CompilationUnitSyntax,
            static (attributed, _) => RepairDeclaration.Of(attributed.SemanticModel.Compilation.Assembly))
        .Collect()
        .Select(static (all, _) => all.FirstOrDefault());

    private static EquatableArray<PromptClass> Classes(ImmutableArray<(ContainerDeclaration Container, string Stem)> prompts) => prompts
        .GroupBy(static prompt => prompt.Container.DottedName, System.StringComparer.Ordinal)
        .OrderBy(static group => group.Key, System.StringComparer.Ordinal)
        .Select(static group => new PromptClass(group.First().Container, group.Select(static prompt => prompt.Stem).ToEquatableArray()))
        .ToEquatableArray();

    private static void Add(SourceProductionContext production, string hintName, string? source)
    {
        if (source is not null)
        {
            production.AddSource(hintName, SourceText.From(source, Encoding));
        }
    }
}
