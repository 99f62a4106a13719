using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using Microsoft.CodeAnalysis;

namespace PromptGen.Generators.Caching;

/// <summary>
/// What the names in a compilation's files are bound by: its files, references and options, without the compilation itself. Nothing is looked into
/// before two snapshots are compared, so that a build, which sees only one, does not pay for it.
/// </summary>
internal sealed class Snapshot
{
    private static readonly ConditionalWeakTable<Compilation, Snapshot> Known = new();

    private readonly SyntaxTree[] _files;
    private readonly MetadataReference[] _references;
    private readonly CompilationOptions _options;
    private Names? _names;
    private Comparison? _comparison;

    private Snapshot(Compilation compilation)
    {
        _files = compilation.SyntaxTrees.ToArray();
        _references = compilation.References.ToArray();
        _options = compilation.Options;
    }

    public static Snapshot Of(Compilation compilation) => Known.GetValue(compilation, static key => new Snapshot(key));

    public int IndexOf(SyntaxTree file) => Array.IndexOf(_files, file);

    /// <summary>
    /// Whether files that are the same in both mean the same in both: references, options, global usings and the types that all files declare are
    /// equal. All prompts ask this of the same two snapshots, so the last answer is kept.
    /// </summary>
    public bool BindsLike(Snapshot earlier, CancellationToken cancellationToken)
    {
        var comparison = Volatile.Read(ref _comparison);
        if (comparison is null || !ReferenceEquals(comparison.Earlier, earlier))
        {
            comparison = new Comparison(earlier, Compare(earlier, cancellationToken));
            Volatile.Write(ref _comparison, comparison);
        }

        return comparison.IsEqual;
    }

    /// <summary>Whether these files are the same objects in both.</summary>
    public bool HasSame(int[] files, Snapshot earlier)
    {
        foreach (var file in files)
        {
            if (!ReferenceEquals(_files[file], earlier._files[file]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>
    /// The files that anything said in a file can depend on: those that declare a type whose name is written in it, or one that derives from such, and so on from there.
    /// By name alone, so rather one too many.
    /// </summary>
    public int[] ReachableFrom(int file, CancellationToken cancellationToken)
    {
        var names = NamesOf(cancellationToken);
        var reachable = new HashSet<int>(names.WithGlobalUsings) { file };
        var open = new Stack<int>(reachable);
        while (open.Count > 0)
        {
            foreach (var identifier in names.Files[open.Pop()].Identifiers)
            {
                if (names.Declaring.TryGetValue(identifier, out var declaring))
                {
                    foreach (var next in declaring)
                    {
                        if (reachable.Add(next))
                        {
                            open.Push(next);
                        }
                    }
                }
            }
        }

        return reachable.ToArray();
    }

    private bool Compare(Snapshot earlier, CancellationToken cancellationToken)
    {
        if (_files.Length != earlier._files.Length || !_options.Equals(earlier._options) || !_references.SequenceEqual(earlier._references))
        {
            return false;
        }

        for (var i = 0; i < _files.Length; i++)
        {
            if (!ReferenceEquals(_files[i], earlier._files[i])
                && (TreeFacts.Of(_files[i], cancellationToken).Surface != TreeFacts.Of(earlier._files[i], cancellationToken).Surface
                    || !_files[i].Options.Equals(earlier._files[i].Options)))
            {
                return false;
            }
        }

        // The same types in the same files: who declares what is the same as well, and need not be found out again.
        _names ??= earlier._names is { } known ? known with { Files = FactsOf(cancellationToken) } : null;
        return true;
    }

    private Names NamesOf(CancellationToken cancellationToken) => _names ??= CreateNames(FactsOf(cancellationToken));

    private TreeFacts[] FactsOf(CancellationToken cancellationToken) => Array.ConvertAll(_files, file => TreeFacts.Of(file, cancellationToken));

    private static Names CreateNames(TreeFacts[] files)
    {
        var declaring = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        for (var i = 0; i < files.Length; i++)
        {
            foreach (var type in files[i].Types.Concat(files[i].Bases))
            {
                if (!declaring.TryGetValue(type, out var those))
                {
                    declaring.Add(type, those = []);
                }

                those.Add(i);
            }
        }

        return new Names(files, declaring, Enumerable.Range(0, files.Length).Where(i => files[i].HasGlobalUsings).ToArray());
    }

    private sealed record Names(TreeFacts[] Files, Dictionary<string, List<int>> Declaring, int[] WithGlobalUsings);

    private sealed record Comparison(Snapshot Earlier, bool IsEqual);
}
