using System;
using System.Collections.Generic;
using System.Linq;
using PromptGen.Generators.Findings;
using PromptGen.Generators.Text;

namespace PromptGen.Generators.Templates;

/// <summary>Parameters or members by the names that a template gives them.</summary>
internal sealed class NameTable<T>(IEnumerable<T> items, Func<T, string> nameOf)
    where T : class
{
    // Up to here comparing is cheaper than hashing.
    private const int Few = 8;

    private readonly T[] _items = [.. items];
    private Dictionary<string, T>? _exact;
    private Dictionary<string, T>? _similar;
    private NameIndex? _index;

    public int Count => _items.Length;

    public IEnumerable<string> Names => _items.Select(nameOf);

    /// <summary>The one of that name, else one whose name differs in the case of its first letter; null = neither.</summary>
    public T? Find(string name)
    {
        if (_items.Length <= Few)
        {
            return Array.Find(_items, item => nameOf(item) == name) ?? Array.FindLast(_items, item => CSharpName.IsSameButForFirstLetter(nameOf(item), name));
        }

        return (_exact ??= ByName(static key => key)).TryGetValue(name, out var found)
            || (_similar ??= ByName(Capital)).TryGetValue(Capital(name), out found) ? found : null;
    }

    /// <inheritdoc cref="NameIndex.Closest"/>
    public string? Closest(string written) => (_index ??= new NameIndex(Names)).Closest(written);

    private Dictionary<string, T> ByName(Func<string, string> key)
    {
        var byName = new Dictionary<string, T>(StringComparer.Ordinal);
        foreach (var item in _items)
        {
            byName[key(nameOf(item))] = item;
        }

        return byName;
    }

    private static string Capital(string name) => name.Length == 0 ? name : char.ToUpperInvariant(name[0]) + name.Substring(1);
}
