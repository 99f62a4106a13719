using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Collections.ObjectModel;
using System.ComponentModel;

namespace PromptGen.Contracts;

/// <summary>Converts the entries of a dictionary to the requested type. Sorted strings use ordinal order.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ContractEntries
{
    /// <summary>Returns the entries.</summary>
    /// <typeparam name="TKey">The type of the keys.</typeparam>
    /// <typeparam name="TValue">The type of the values.</typeparam>
    /// <param name="entries">What was read.</param>
    /// <returns>A dictionary of them.</returns>
    public static SortedDictionary<TKey, TValue> ToSortedDictionary<TKey, TValue>(Dictionary<TKey, TValue> entries)
        where TKey : notnull => new(entries, Order<TKey>());

    /// <inheritdoc cref="ToSortedDictionary" />
    public static FrozenDictionary<TKey, TValue> ToFrozenDictionary<TKey, TValue>(Dictionary<TKey, TValue> entries)
        where TKey : notnull => entries.ToFrozenDictionary(entries.Comparer);

    /// <inheritdoc cref="ToSortedDictionary" />
    public static ImmutableDictionary<TKey, TValue> ToImmutableDictionary<TKey, TValue>(Dictionary<TKey, TValue> entries)
        where TKey : notnull => entries.ToImmutableDictionary(entries.Comparer);

    /// <inheritdoc cref="ToSortedDictionary" />
    public static ImmutableSortedDictionary<TKey, TValue> ToImmutableSortedDictionary<TKey, TValue>(Dictionary<TKey, TValue> entries)
        where TKey : notnull => entries.ToImmutableSortedDictionary(Order<TKey>());

    /// <inheritdoc cref="ToSortedDictionary" />
    public static ReadOnlyDictionary<TKey, TValue> ToReadOnlyDictionary<TKey, TValue>(Dictionary<TKey, TValue> entries)
        where TKey : notnull => new(entries);

    /// <summary>The order of values, the same in every culture.</summary>
    internal static IComparer<T> Order<T>() => typeof(T) == typeof(string) ? (IComparer<T>)StringComparer.Ordinal : Comparer<T>.Default;
}
