using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using PromptGen.Generators.Findings;
using PromptGen.Generators.NamedFiles;

namespace PromptGen.Generators.Diagnostics;

/// <summary>Finds the file that was probably meant.</summary>
/// <param name="paths">The files that there are.</param>
internal sealed class FileSuggestion(IEnumerable<string> paths)
{
    private readonly ConcurrentDictionary<(int Parts, PromptFileKind Kind), Endings> _endings = new();

    /// <summary>
    /// The file whose path ends in nearly the same letters, else one that differs in what follows the first dot of its name, else one of that name
    /// in another folder; null = none of these.
    /// </summary>
    /// <param name="written">The path as it is written.</param>
    public string? For(string written)
    {
        written = written.Replace('\\', '/').TrimStart('.', '/');
        return _endings.GetOrAdd((written.Split('/').Length, PromptFiles.KindOf(written)), key => new Endings(paths, key.Parts, key.Kind)).Find(written);
    }

    private static string Stem(string path)
    {
        var dot = path.IndexOf('.', path.LastIndexOf('/') + 1);
        return dot < 0 ? path : path.Substring(0, dot);
    }

    /// <summary>The ends of paths that have as many parts as the written one.</summary>
    private sealed class Endings
    {
        private readonly NameIndex _index;
        private readonly Dictionary<string, string> _byStem = new(StringComparer.Ordinal);
        private readonly Dictionary<string, string> _byName = new(StringComparer.Ordinal);

        public Endings(IEnumerable<string> paths, int parts, PromptFileKind kind)
        {
            string[][] files = [.. paths
                .Where(path => PromptFiles.KindOf(path) == kind)
                .Select(static path => path.Replace('\\', '/').Split('/'))
                .OrderBy(static path => path.Length)];
            var endings = Array.ConvertAll(files, path => string.Join("/", path.Skip(Math.Max(path.Length - parts, 0))));
            _index = new NameIndex(endings);
            for (var i = 0; i < files.Length; i++)
            {
                Add(_byStem, endings[i]);
                Add(_byName, files[i][files[i].Length - 1]);
            }
        }

        public string? Find(string written) =>
            _index.Closest(written)
            ?? (_byStem.TryGetValue(Stem(written), out var ending) || _byName.TryGetValue(Stem(Path.GetFileName(written)), out ending) ? ending : null);

        private static void Add(Dictionary<string, string> byStem, string path)
        {
            if (Stem(path) is var stem && !byStem.ContainsKey(stem))
            {
                byStem.Add(stem, path);
            }
        }
    }
}
