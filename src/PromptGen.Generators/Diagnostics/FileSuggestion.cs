using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using PromptGen.Generators.Schemas.Files;

namespace PromptGen.Generators.Diagnostics;

/// <summary>Finds the file that was probably meant.</summary>
internal static class FileSuggestion
{
    /// <summary>
    /// The file whose path ends in nearly the same letters, else one that differs in what follows the first dot of its name, else one of that name
    /// in another folder; null = none of these.
    /// </summary>
    /// <param name="written">The path as it is written.</param>
    /// <param name="paths">The files that there are.</param>
    public static string? For(string written, IEnumerable<string> paths)
    {
        written = written.Replace('\\', '/').TrimStart('.', '/');
        var parts = written.Split('/').Length;
        var files = paths
            .Where(path => SchemaFiles.IsCandidate(path) == SchemaFiles.IsCandidate(written))
            .Select(static path => path.Replace('\\', '/').Split('/'))
            .OrderBy(static path => path.Length)
            .ToList();
        var endings = files.ConvertAll(path => string.Join("/", path.Skip(Math.Max(path.Length - parts, 0))));
        return NameSuggestion.Closest(written, endings)
            ?? endings.Find(ending => Stem(ending) == Stem(written))
            ?? files.ConvertAll(static path => path[path.Length - 1]).Find(name => Stem(name) == Stem(Path.GetFileName(written)));
    }

    private static string Stem(string path)
    {
        var dot = path.IndexOf('.', path.LastIndexOf('/') + 1);
        return dot < 0 ? path : path.Substring(0, dot);
    }
}
