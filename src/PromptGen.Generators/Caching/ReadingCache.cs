using System;
using System.Runtime.CompilerServices;
using System.Threading;
using Microsoft.CodeAnalysis;
using PromptGen.Generators.Model;

namespace PromptGen.Generators.Caching;

/// <summary>
/// Remembers what was read of a prompt method as long as no file that it could depend on has changed. The compiler gives every method to the
/// generator anew after every keystroke anywhere, with new symbols that bind attributes and members all over again; almost always for nothing.
/// </summary>
/// <remarks>
/// Syntax trees are immutable, so "has not changed" is a comparison of references. An entry lives as long as the method's syntax does, and holds the
/// files of the latest compilation that it was asked for; never the compilation.
/// </remarks>
internal static class ReadingCache
{
    private static readonly ConditionalWeakTable<SyntaxNode, Entry> Entries = new();

    /// <summary>The declaration read before, or a new one.</summary>
    public static PromptDeclaration? GetOrRead(
        SyntaxNode method, Compilation compilation, Func<CancellationToken, PromptDeclaration?> read, CancellationToken cancellationToken)
    {
        var snapshot = Snapshot.Of(compilation);
        if (Entries.TryGetValue(method, out var entry))
        {
            if (entry.Fits(snapshot, cancellationToken))
            {
                return entry.Declaration;
            }

            Entries.Remove(method);
        }

        var declaration = read(cancellationToken);
        Entries.GetValue(method, key => new Entry(snapshot, key.SyntaxTree, declaration));
        return declaration;
    }

    private sealed class Entry(Snapshot snapshot, SyntaxTree file, PromptDeclaration? declaration)
    {
        private Snapshot _latest = snapshot;
        private int[]? _files;

        public PromptDeclaration? Declaration => declaration;

        public bool Fits(Snapshot now, CancellationToken cancellationToken)
        {
            var latest = Volatile.Read(ref _latest);
            if (ReferenceEquals(now, latest))
            {
                return true;
            }

            if (!now.BindsLike(latest, cancellationToken))
            {
                return false;
            }

            if (_files is null && latest.IndexOf(file) is >= 0 and var index)
            {
                _files = latest.ReachableFrom(index, cancellationToken);
            }

            if (_files is null || !now.HasSame(_files, latest))
            {
                return false;
            }

            // The earlier compilation's files are not needed any more.
            Volatile.Write(ref _latest, now);
            return true;
        }
    }
}
