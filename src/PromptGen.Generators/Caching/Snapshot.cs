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

    // A snapshot is kept as long as a prompt was last looked at in it. It must not keep the one before, which would keep the one before that.
    private readonly object _identity = new();
    private Declared _declared = new();
    private Comparison? _comparison;
    private Dictionary<SyntaxTree, int>? _indexes;

    private Snapshot(Compilation compilation)
    {
        _files = compilation.SyntaxTrees.ToArray();
        _references = compilation.References.ToArray();
        _options = compilation.Options;
    }

    public static Snapshot Of(Compilation compilation) => Known.GetValue(compilation, static key => new Snapshot(key));

    /// <summary>The number of a file; -1 where it is none of these. After the first edit all prompts ask.</summary>
    public int IndexOf(SyntaxTree file)
    {
        if (_indexes is null)
        {
            var indexes = new Dictionary<SyntaxTree, int>(_files.Length);
            for (var i = 0; i < _files.Length; i++)
            {
                indexes[_files[i]] = i;
            }

            _indexes = indexes;
        }

        return _indexes.TryGetValue(file, out var index) ? index : -1;
    }

    /// <summary>
    /// Whether files that are the same in both mean the same in both: references, options, global usings and the types that all files declare are
    /// equal. All prompts ask this of the same two snapshots, so the last answer is kept.
    /// </summary>
    public bool BindsLike(Snapshot earlier, CancellationToken cancellationToken)
    {
        var comparison = Volatile.Read(ref _comparison);
        if (comparison is null || !ReferenceEquals(comparison.Earlier, earlier._identity))
        {
            comparison = new Comparison(earlier._identity, Compare(earlier, cancellationToken));
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
        var names = _declared.In(_files, cancellationToken);
        var reachable = new HashSet<int>(names.WithGlobalUsings) { file };
        var open = new Stack<int>(reachable);
        while (open.Count > 0)
        {
            foreach (var identifier in TreeFacts.Of(_files[open.Pop()], cancellationToken).Identifiers)
            {
                if (names.Files.TryGetValue(identifier, out var declaring))
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
        _declared = earlier._declared;
        return true;
    }

    private sealed record Comparison(object Earlier, bool IsEqual);

    /// <summary>Which files declare what, found out when it is first asked for.</summary>
    private sealed class Declared
    {
        private Names? _names;

        public Names In(SyntaxTree[] files, CancellationToken cancellationToken) =>
            _names ??= Create(Array.ConvertAll(files, file => TreeFacts.Of(file, cancellationToken)));

        private static Names Create(TreeFacts[] facts)
        {
            var files = new Dictionary<string, List<int>>(StringComparer.Ordinal);
            for (var i = 0; i < facts.Length; i++)
            {
                foreach (var type in facts[i].Types.Concat(facts[i].Bases))
                {
                    if (!files.TryGetValue(type, out var those))
                    {
                        files.Add(type, those = []);
                    }

                    those.Add(i);
                }
            }

            return new Names(files, Enumerable.Range(0, facts.Length).Where(i => facts[i].HasGlobalUsings).ToArray());
        }
    }

    /// <param name="Files">The files that declare a type of a name or one that derives from it.</param>
    /// <param name="WithGlobalUsings">The files with global usings.</param>
    private sealed record Names(Dictionary<string, List<int>> Files, int[] WithGlobalUsings);
}
