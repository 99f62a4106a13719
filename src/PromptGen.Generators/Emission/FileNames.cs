using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using PromptGen.Generators.Text;

namespace PromptGen.Generators.Emission;

/// <summary>The kind of a generated file.</summary>
internal enum FileKind
{
    Prompt,
    Stub,
    Class,
    Contract,
    Schema,
    Router,
    Catalog,
    Manifest,
}

/// <summary>A generated file as its model names it, with <c>.g.cs</c> at the end.</summary>
internal readonly record struct FileName(FileKind Kind, string Name);

/// <summary>
/// The names of the generated files. The compiler compares them without case and refuses a second one, so those that differ in nothing else
/// get a hash of their own name: which file is called what does not depend on the order.
/// </summary>
/// <param name="Ambiguous">The names that need a hash; usually none.</param>
/// <param name="Shared">The kinds that have so many files that they share some, as bits.</param>
internal sealed record FileNames(EquatableArray<FileName> Ambiguous, int Shared)
{
    private const string Extension = ".g.cs";

    // What file systems allow, with the folders that a build may write generated files to.
    private const int MaxLength = 160;

    public static FileNames Of(IEnumerable<FileName> names)
    {
        var known = new Dictionary<string, FileName>(StringComparer.OrdinalIgnoreCase);
        var ambiguous = new HashSet<FileName>();
        var counts = new Dictionary<FileKind, int>();
        foreach (var name in names)
        {
            counts[name.Kind] = counts.TryGetValue(name.Kind, out var count) ? count + 1 : 1;
            var text = Short(name.Name);
            if (!known.TryGetValue(text, out var other))
            {
                known.Add(text, name);
            }
            else if (other != name)
            {
                ambiguous.Add(other);
                ambiguous.Add(name);
            }
        }

        return new FileNames(
            ambiguous.OrderBy(static name => name.Name, StringComparer.Ordinal).ThenBy(static name => name.Kind).ToEquatableArray(),
            counts.Where(static kind => kind.Value > SharedFiles.Limit).Sum(static kind => 1 << (int)kind.Key));
    }

    /// <summary>Whether files of the kind share some: see <see cref="SharedFiles"/>.</summary>
    public bool AreShared(FileKind kind) => (Shared & (1 << (int)kind)) != 0;

    /// <summary>The name that is passed to the compiler, where the file is not shared.</summary>
    public string Of(FileName name) => Ambiguous.Contains(name) ? WithHash(name.Name, (int)name.Kind + name.Name) : Short(name.Name);

    private static string Short(string name) => name.Length <= MaxLength ? name : WithHash(name, name);

    private static string WithHash(string name, string key)
    {
        var stem = name.Substring(0, Math.Min(name.Length - Extension.Length, MaxLength - 16));
        return string.Format(CultureInfo.InvariantCulture, "{0}_{1}{2}", stem, new TextHash().Add(key), Extension);
    }
}
