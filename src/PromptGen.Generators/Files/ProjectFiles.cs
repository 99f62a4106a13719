using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace PromptGen.Generators.Files;

/// <summary>The files among the project's <c>AdditionalFiles</c> that prompts can name, found by the end of their paths.</summary>
internal sealed class ProjectFiles(ImmutableArray<AdditionalText> files)
{
    private readonly ConcurrentDictionary<string, AdditionalText?> _found = new(StringComparer.Ordinal);

    /// <summary>Sorted by the reversed path, so that paths with the same end are adjacent.</summary>
    private readonly Lazy<(string Reversed, AdditionalText File)[]> _byEnd = new(() => Sort(files));
    private readonly Lazy<Dictionary<string, AdditionalText>> _byPath = new(() => ByPath(files));

    public ImmutableArray<AdditionalText> All => files;

    /// <summary>The file whose path ends in the one written; the shortest where there are several, which is the nearest to the project.</summary>
    public AdditionalText? Find(string path) => _found.GetOrAdd(path, key =>
    {
        var wanted = Reverse("/" + key.Replace('\\', '/').TrimStart('.', '/'));
        var sorted = _byEnd.Value;
        AdditionalText? nearest = null;
        for (var i = FirstFrom(sorted, wanted); i < sorted.Length && sorted[i].Reversed.StartsWith(wanted, StringComparison.Ordinal); i++)
        {
            nearest = nearest is null || IsNearer(sorted[i].File.Path, nearest.Path) ? sorted[i].File : nearest;
        }

        return nearest;
    });

    /// <summary>The file of exactly that path.</summary>
    public AdditionalText? At(string path) => _byPath.Value.TryGetValue(path, out var file) ? file : null;

    private static bool IsNearer(string path, string other) =>
        path.Length != other.Length ? path.Length < other.Length : string.CompareOrdinal(path, other) < 0;

    private static int FirstFrom((string Reversed, AdditionalText File)[] sorted, string wanted)
    {
        var (low, high) = (0, sorted.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = string.CompareOrdinal(sorted[middle].Reversed, wanted) < 0 ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private static (string Reversed, AdditionalText File)[] Sort(ImmutableArray<AdditionalText> files)
    {
        (string Reversed, AdditionalText File)[] sorted = [.. files.Select(static file => (Reverse("/" + file.Path.Replace('\\', '/')), file))];
        Array.Sort(sorted, static (left, right) => string.CompareOrdinal(left.Reversed, right.Reversed));
        return sorted;
    }

    private static Dictionary<string, AdditionalText> ByPath(ImmutableArray<AdditionalText> files)
    {
        var byPath = new Dictionary<string, AdditionalText>(StringComparer.Ordinal);
        foreach (var file in files)
        {
            if (!byPath.ContainsKey(file.Path))
            {
                byPath.Add(file.Path, file);
            }
        }

        return byPath;
    }

    private static string Reverse(string text)
    {
        var letters = text.ToCharArray();
        Array.Reverse(letters);
        return new string(letters);
    }
}
