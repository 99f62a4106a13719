using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PromptGen.Generators.Caching;
using PromptGen.Generators.Declarations;
using PromptGen.Generators.Diagnostics;
using PromptGen.Generators.Emission;
using PromptGen.Generators.Files;
using PromptGen.Generators.Model;
using PromptGen.Generators.Model.Contracts;
using PromptGen.Generators.NamedFiles;
using PromptGen.Generators.Routing;
using PromptGen.Generators.Text;

namespace PromptGen.Generators;

/// <summary>
/// The pipeline: declarations and catalogs are read from symbols, bound to each other, and written. Every value that passes from one step
/// to the next compares by content, so a step runs again only when what it reads has changed. The analyzers report; what the compiler does not let them report is an <see cref="UnwrittenPrompt"/>.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class PromptGenerator : IIncrementalGenerator
{
    /// <inheritdoc />
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var files = new GeneratedFiles(context);
        var catalog = CatalogOf(context, files);

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
        declarations = WithDistinctContracts(declarations);

        var plans = declarations
            .Combine(Repair(context))
            .Select(static (pair, _) => pair.Left.WithRepair(pair.Right))
            .Combine(context.AdditionalTextsProvider
                .Where(static file => PromptFiles.IsCandidate(file.Path))
                .Collect()
                .Select(static (files, _) => new ProjectFiles(files)))
            .Select(static (pair, cancellationToken) => PromptFiles.Read(pair.Left, pair.Right, cancellationToken))
            .WithTrackingName(TrackingNames.WithFiles)
            .Combine(catalog)
            .Select(static (pair, _) => PromptPlanner.Plan(pair.Left, pair.Right))
            .WithTrackingName(TrackingNames.Plan);
        plans = WithDistinctSchemas(plans);

        files.Add(plans, FileKind.Prompt, static plan => plan.Declaration.HintName, PromptEmitter.Emit);
        files.Add(Unrouted(context), FileKind.Stub, static declaration => declaration.HintName, PromptEmitter.EmitStub);
        AddContracts(files, declarations, plans, catalog);
        AddRouters(files, plans);
        AddClasses(context, files, plans);
        files.Register();
        context.RegisterSourceOutput(
            context.SyntaxProvider
                .CreateSyntaxProvider(static (node, _) => UnwrittenPrompt.MayBe(node), static (candidate, cancellationToken) => UnwrittenPrompt.Of(candidate, cancellationToken))
                .Where(static prompt => prompt is not null),
            static (production, prompt) => production.ReportDiagnostic(prompt!.ToDiagnostic()));
    }

    /// <summary>Methods with clauses but without <c>[RoutedPrompt]</c>, for which only stubs are written. A search by syntax finds none where there are none.</summary>
    private static IncrementalValuesProvider<PromptDeclaration> Unrouted(IncrementalGeneratorInitializationContext context) => context.SyntaxProvider
        .CreateSyntaxProvider(
            static (node, _) => UnroutedPrompt.MayBe(node),
            static (candidate, cancellationToken) =>
                candidate.SemanticModel.GetDeclaredSymbol(candidate.Node, cancellationToken) is IMethodSymbol method
                && PromptReader.Read(method, cancellationToken) is { Clause: not null } declaration ? declaration : null)
        .Where(static declaration => declaration is not null)!;

    /// <summary>The declarations, with a contract class of its own for each output type.</summary>
    private static IncrementalValuesProvider<PromptDeclaration> WithDistinctContracts(IncrementalValuesProvider<PromptDeclaration> declarations) => declarations
        .Combine(ContractsOf(declarations)
            .Select(static (contract, _) => ContractNames.KeyOf(contract))
            .Collect()
            .Select(static (all, _) => ContractNames.Of(all))
            .WithTrackingName(TrackingNames.ContractNames))
        .Select(static (pair, _) => pair.Right.Apply(pair.Left));

    /// <summary>The plans, with a contract class of its own for each schema file.</summary>
    private static IncrementalValuesProvider<PromptPlan> WithDistinctSchemas(IncrementalValuesProvider<PromptPlan> plans) => plans
        .Combine(plans
            .Where(static plan => plan.Schema is not null)
            .Select(static (plan, _) => ContractNames.KeyOf(plan.Schema!))
            .Collect()
            .Select(static (all, _) => ContractNames.Of(all)))
        .Select(static (pair, _) => pair.Right.Apply(pair.Left));

    private static IncrementalValuesProvider<ContractModel> ContractsOf(IncrementalValuesProvider<PromptDeclaration> declarations) => declarations
        .Where(static declaration => declaration.Flaw is null)
        .SelectMany(static (declaration, _) => ImmutableArray.Create(declaration.Contract, declaration.Element))
        .Where(static contract => contract is { CanEmit: true })!;

    /// <summary>A file for each output type, and for each schema file, however many prompts have it.</summary>
    private static void AddContracts(
        GeneratedFiles files,
        IncrementalValuesProvider<PromptDeclaration> declarations,
        IncrementalValuesProvider<PromptPlan> plans,
        IncrementalValueProvider<Catalog> catalog)
    {
        var contracts = ContractsOf(declarations)
            .Collect()
            .SelectMany(static (all, _) => all.GroupBy(static contract => contract.HintName).Select(static group => group.First()))
            .WithTrackingName(TrackingNames.Contract);
        var dialects = catalog.Select(static (all, _) => DialectSet.Of(all.Models)).WithTrackingName(TrackingNames.Dialects);
        files.Add(contracts.Combine(dialects), FileKind.Contract, static pair => pair.Left.HintName, static pair => ContractEmitter.Emit(pair.Left, pair.Right));

        var schemas = plans
            .Where(static plan => plan.Schema is not null && plan.CanEmit)
            .Select(static (plan, _) => plan.Schema!)
            .Collect()
            .SelectMany(static (all, _) => all.GroupBy(static schema => schema.HintName, System.StringComparer.Ordinal).Select(static group => group.First()))
            .WithTrackingName(TrackingNames.Schema);
        files.Add(schemas.Combine(dialects), FileKind.Schema, static pair => pair.Left.HintName, static pair => SchemaEmitter.Emit(pair.Left, pair.Right));
    }

    /// <summary>A file for each learned router, however many prompts have it.</summary>
    private static void AddRouters(GeneratedFiles files, IncrementalValuesProvider<PromptPlan> plans)
    {
        var routers = plans
            .Where(static plan => plan.CanEmit && plan.Entry.Learned is not null)
            .Select(static (plan, _) => ProjectRouter.Of(plan.Declaration)!)
            .Collect()
            .SelectMany(static (all, _) => all.GroupBy(static router => router.HintName, System.StringComparer.Ordinal).Select(static group => group.First()))
            .WithTrackingName(TrackingNames.Router);
        files.Add(routers, FileKind.Router, static router => router.HintName, RouterEmitter.Emit);
    }

    /// <summary>A file for each class with prompts, and the manifest of the assembly.</summary>
    private static void AddClasses(IncrementalGeneratorInitializationContext context, GeneratedFiles files, IncrementalValuesProvider<PromptPlan> plans)
    {
        var classes = plans
            .Where(static plan => plan.CanEmit || plan.IsPrompt)
            .Select(static (plan, _) => (plan.Declaration.Container, Stem: plan.CanEmit ? plan.Declaration.Stem : null))
            .Collect()
            .Select(static (prompts, _) => Classes(prompts))
            .WithTrackingName(TrackingNames.Classes);
        files.Add(classes.SelectMany(static (all, _) => all), FileKind.Class, static promptClass => promptClass.HintName, ClassEmitter.Emit);
        var references = context.MetadataReferencesProvider
            .SelectMany(static (reference, _) => LibraryReader.Read(reference) is { } library ? ImmutableArray.Create(library) : ImmutableArray<PromptLibrary>.Empty)
            .Collect()
            .Select(static (all, _) => all.Distinct().OrderBy(static library => library.Assembly, System.StringComparer.Ordinal).ToEquatableArray());
        var own = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                LibraryReader.AttributeName,
                static (node, _) => node is CompilationUnitSyntax,
                static (attributed, _) => LibraryReader.Read(attributed.SemanticModel.Compilation.Assembly))
            .Collect()
            .Select(static (all, _) => all.FirstOrDefault(static library => library is not null));
        var manifest = classes
            .Combine(context.CompilationProvider.Select(static (compilation, _) => compilation.AssemblyName ?? ""))
            .Combine(references)
            .Combine(own)
            .Select(static (all, _) => new PromptAssembly(all.Left.Left.Right, all.Left.Left.Left, all.Left.Right, all.Right))
            .SelectMany(static (assembly, _) => assembly.IsEmpty ? ImmutableArray<PromptAssembly>.Empty : ImmutableArray.Create(assembly));
        files.Add(manifest, FileKind.Manifest, static _ => ManifestEmitter.HintName, ManifestEmitter.Emit);
    }

    /// <summary>The catalog of the project, with a file for each class that it comes from.</summary>
    private static IncrementalValueProvider<Catalog> CatalogOf(IncrementalGeneratorInitializationContext context, GeneratedFiles files)
    {
        var own = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                CatalogReader.AttributeName,
                static (node, _) => node is (ClassDeclarationSyntax or RecordDeclarationSyntax) && LanguageSupport.IsEnough(node.SyntaxTree),
                static (attributed, cancellationToken) => CatalogReader.Read((INamedTypeSymbol)attributed.TargetSymbol, cancellationToken))
            .WithTrackingName(TrackingNames.OwnCatalogs);
        var used = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                CatalogReader.UseAttributeName,
                static (node, _) => node is CompilationUnitSyntax && LanguageSupport.IsEnough(node.SyntaxTree),
                static (attributed, cancellationToken) => CatalogReader.ReadUsed(attributed.SemanticModel.Compilation.Assembly, cancellationToken))
            .SelectMany(static (catalogs, _) => catalogs)
            .WithTrackingName(TrackingNames.UsedCatalogs);

        var catalog = own.Collect()
            .Combine(used.Collect())
            .Select(static (pair, _) => Catalog.From(pair.Left.AddRange(pair.Right)))
            .WithTrackingName(TrackingNames.Catalog);
        files.Add(
            catalog.SelectMany(static (all, _) => all.Catalogs).WithTrackingName(TrackingNames.CatalogFile),
            FileKind.Catalog,
            CatalogEmitter.HintName,
            CatalogEmitter.Emit);
        return catalog;
    }

    /// <summary>The assembly's own template for repairs. Apart from the prompts, which are not read again when an attribute elsewhere changes.</summary>
    private static IncrementalValueProvider<RepairDeclaration?> Repair(IncrementalGeneratorInitializationContext context) => context.SyntaxProvider
        .ForAttributeWithMetadataName(
            RepairReader.AttributeName,
            static (node, _) => node is CompilationUnitSyntax,
            static (attributed, _) => RepairReader.Of(attributed.SemanticModel.Compilation.Assembly))
        .Collect()
        .Select(static (all, _) => all.FirstOrDefault());

    private static EquatableArray<PromptClass> Classes(ImmutableArray<(ContainerDeclaration Container, string? Stem)> prompts) => prompts
        .GroupBy(static prompt => prompt.Container.DottedName, System.StringComparer.Ordinal)
        .OrderBy(static group => group.Key, System.StringComparer.Ordinal)
        .Select(static group => new PromptClass(group.First().Container, group.Select(static prompt => prompt.Stem).OfType<string>().ToEquatableArray()))
        .ToEquatableArray();
}
