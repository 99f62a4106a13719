using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PromptGen.Generators.Tests.Rooms;

/// <summary>
/// The rooms of one project, which are its top folders with all that is in them, and the arrows between them: a room has an arrow to each room
/// whose types or members its code names, whatever namespace they are in.
/// </summary>
internal sealed class RoomMap
{
    private static readonly ConcurrentDictionary<string, Lazy<RoomMap>> Known = new(StringComparer.Ordinal);

    private readonly Dictionary<(string From, string To), SortedSet<string>> _arrows = [];
    private readonly SortedSet<string> _onSymbols = new(StringComparer.Ordinal);

    private RoomMap(IReadOnlyList<string> rooms) => Rooms = rooms;

    /// <summary>The rooms, in ordinal order.</summary>
    public IReadOnlyList<string> Rooms { get; }

    /// <summary>The arrows, each with the places that make it, as <c>file → type</c>.</summary>
    public IReadOnlyDictionary<(string From, string To), SortedSet<string>> Arrows => _arrows;

    /// <summary>The rooms whose code names a kind of symbol of the compiler's, in ordinal order.</summary>
    public IReadOnlyCollection<string> OnSymbols => _onSymbols;

    /// <summary>The rooms of a project, read once.</summary>
    /// <param name="project">The project's folder below <c>src</c>.</param>
    public static RoomMap Of(string project) => Known.GetOrAdd(project, static key => new(() => Read(key))).Value;

    private static RoomMap Read(string project)
    {
        string[] roots = project == "PromptGen.Evaluation" ? [project] : [project, "Shared"];
        var options = new CSharpParseOptions(LanguageVersion.Preview, preprocessorSymbols: project == "PromptGen.Generators" ? ["PROMPTGEN_COMPILER"] : []);
        var trees = roots
            .Select(static root => Path.Combine(Repository.Root, "src", root))
            .SelectMany(static root => Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories))
            .Where(static file => RoomOf(file) is not ("bin" or "obj"))
            .Order(StringComparer.Ordinal)
            .Select(file => CSharpSyntaxTree.ParseText(File.ReadAllText(file), options, file))
            .ToList();
        var compilation = CSharpCompilation.Create(
            "Rooms",
            [CSharpSyntaxTree.ParseText(ImplicitUsings, options), .. trees],
            References(project),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true));
        var map = new RoomMap([.. trees.Select(static tree => RoomOf(tree.FilePath)).Distinct().Order(StringComparer.Ordinal)]);
        foreach (var tree in trees)
        {
            map.Add(tree, compilation.GetSemanticModel(tree));
        }

        return map;
    }

    private const string ImplicitUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    private static IEnumerable<MetadataReference> References(string project) =>
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(file => Path.GetFileNameWithoutExtension(file) != project)
            .Select(static file => MetadataReference.CreateFromFile(file));

    /// <summary>The top folder of a file within its project; the project itself for a file in none, and for a shared one.</summary>
    private static string RoomOf(string file)
    {
        var folders = Path.GetRelativePath(Path.Combine(Repository.Root, "src"), file).Split(Path.DirectorySeparatorChar);
        return folders is [_, var room, _, ..] && folders[0] != "Shared" ? room : folders[0];
    }

    private void Add(SyntaxTree tree, SemanticModel model)
    {
        var room = RoomOf(tree.FilePath);
        foreach (var name in tree.GetRoot().DescendantNodes(static node => node is not UsingDirectiveSyntax).OfType<SimpleNameSyntax>())
        {
            if (TypeOf(model.GetSymbolInfo(name).Symbol) is not { } type)
            {
                continue;
            }

            if (type.AllInterfaces.Prepend(type).Any(static known => known.Name == nameof(ISymbol)))
            {
                _onSymbols.Add(room);
            }

            var places = type.Locations.Where(static place => place.IsInSource).Select(static place => RoomOf(place.SourceTree!.FilePath)).Distinct().ToList();
            if (places is [var target] && target != room)
            {
                Note(room, target, $"{Path.GetFileName(tree.FilePath)} → {type.Name}");
            }
        }
    }

    private static INamedTypeSymbol? TypeOf(ISymbol? symbol) => symbol switch
    {
        INamedTypeSymbol type => type.OriginalDefinition,
        IMethodSymbol or IPropertySymbol or IFieldSymbol or IEventSymbol => (symbol as IMethodSymbol)?.ReducedFrom?.ContainingType ?? symbol.ContainingType?.OriginalDefinition,
        _ => null,
    };

    private void Note(string from, string to, string place)
    {
        if (!_arrows.TryGetValue((from, to), out var places))
        {
            _arrows.Add((from, to), places = new(StringComparer.Ordinal));
        }

        places.Add(place);
    }
}
