using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using PromptGen.Generators.Declarations;
using PromptGen.Generators.Declarations.Symbols;
using PromptGen.Generators.Files;
using PromptGen.Generators.Model;
using PromptGen.Generators.NamedFiles;
using PromptGen.Generators.Routing;
using PromptGen.Generators.Text;

namespace PromptGen.Generators.Diagnostics;

/// <summary>
/// The prompts of one compilation as the generator sees them, read once and shared by all analyzers: each prompt is planned when the first
/// analyzer asks for it.
/// </summary>
internal sealed class PromptAnalysis
{
    private static readonly ConditionalWeakTable<Compilation, PromptAnalysis> Shared = new();

    private readonly ConcurrentDictionary<IMethodSymbol, PromptPlan?> _plans = new(SymbolEqualityComparer.Default);
    private readonly Lazy<Catalog> _catalog;
    private readonly Lazy<RepairDeclaration?> _repair;
    private readonly ProjectFiles _files;
    private readonly FileSuggestion _suggestion;

    private PromptAnalysis(Compilation compilation, ProjectFiles files)
    {
        _catalog = new Lazy<Catalog>(() => ReadCatalog(compilation));
        _repair = new Lazy<RepairDeclaration?>(() => RepairReader.Of(compilation.Assembly));
        _files = files;
        _suggestion = new FileSuggestion(files.All.Select(static file => file.Path));
    }

    public Catalog Catalog => _catalog.Value;

    public static PromptAnalysis For(Compilation compilation, AnalyzerOptions options) => Shared.GetValue(
        compilation,
        key => new PromptAnalysis(key, new ProjectFiles(options.AdditionalFiles.Where(static file => PromptFiles.IsCandidate(file.Path)).ToImmutableArray())));

    /// <summary>The plan of a prompt, or null where the method is none.</summary>
    public PromptPlan? Plan(IMethodSymbol method, CancellationToken cancellationToken) => _plans.GetOrAdd(
        method,
        key => PromptReader.Read(key, cancellationToken, isWritten: false) is { } declaration
            ? WithRemedies(PromptPlanner.Plan(WithFiles(declaration.WithRepair(_repair.Value), cancellationToken), Catalog))
            : null);

    /// <summary>The file that a template is read from, as the generator finds it; null where it is inline.</summary>
    public AdditionalText? File(string? path) => path is null ? null : _files.Find(path);

    /// <summary>The file of that path.</summary>
    public AdditionalText? FileAt(string path) => _files.At(path);

    private PromptDeclaration WithFiles(PromptDeclaration declaration, CancellationToken cancellationToken) =>
        PromptFiles.Read(declaration, _files, cancellationToken);

    /// <summary>Says which file was probably meant where one is missing. The generator has no need to know: it would run again for each new file.</summary>
    private PromptPlan WithRemedies(PromptPlan plan) => plan.Findings.All(static finding => finding.Id != "PG0208") ? plan : plan with
    {
        Findings = plan.Findings
            .Select(finding => finding.Id == "PG0208" ? finding with { Arguments = new EquatableArray<string>([finding.Arguments[0], Remedy(finding.Arguments[0])]), Fix = _suggestion.For(finding.Arguments[0]) } : finding)
            .ToEquatableArray(),
    };

    private string Remedy(string path) => _suggestion.For(path) is { } meant
        ? $"did you mean '{meant}'?"
        : $"fix the path, or add <AdditionalFiles Include=\"{path}\" /> to the project";

    private static Catalog ReadCatalog(Compilation compilation)
    {
        var catalogs = new List<CatalogDeclaration>();
        var open = new Stack<INamespaceOrTypeSymbol>();
        open.Push(compilation.Assembly.GlobalNamespace);
        while (open.Count > 0)
        {
            var container = open.Pop();
            if (container is INamedTypeSymbol type && type.HasPromptGenAttribute("ModelCatalog"))
            {
                catalogs.Add(CatalogReader.Read(type, CancellationToken.None));
            }

            foreach (var inner in container.GetMembers().OfType<INamespaceOrTypeSymbol>().Reverse())
            {
                open.Push(inner);
            }
        }

        catalogs.AddRange(CatalogReader.ReadUsed(compilation.Assembly, CancellationToken.None));
        return Catalog.From(catalogs);
    }
}
