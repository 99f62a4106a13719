using System.Buffers;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Collections.ObjectModel;
using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace PromptGen.Contracts;

/// <summary>Collects the items of an array until their number is known, so that the collection is allocated once and in its size.</summary>
/// <typeparam name="T">The type of the items.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public ref struct ContractItems<T>
{
    private FirstItems _first;
    private T[]? _items;

    /// <summary>How many items there are.</summary>
    public int Count { get; private set; }

    /// <summary>Adds an item.</summary>
    /// <param name="item">The item.</param>
    public void Add(T item)
    {
        if (_items is null && Count < FirstItems.Length)
        {
            _first[Count++] = item;
            return;
        }

        if (_items is null || Count == _items.Length)
        {
            Grow();
        }

        _items![Count++] = item;
    }

    /// <summary>Returns the items.</summary>
    /// <returns>A list of them.</returns>
    public List<T> ToList()
    {
        var list = new List<T>(Count);
        CollectionsMarshal.SetCount(list, Count);
        MoveTo(CollectionsMarshal.AsSpan(list));
        return list;
    }

    /// <summary>Returns the items.</summary>
    /// <returns>An array of them.</returns>
    public T[] ToArray()
    {
        var array = Count == 0 ? [] : new T[Count];
        MoveTo(array);
        return array;
    }

    /// <summary>Returns the items.</summary>
    /// <returns>An immutable array of them.</returns>
    public ImmutableArray<T> ToImmutableArray() => ImmutableCollectionsMarshal.AsImmutableArray(ToArray());

    /// <summary>Returns the items.</summary>
    /// <returns>A set of them.</returns>
    public HashSet<T> ToHashSet() => [.. ToArray()];

    /// <summary>Returns the items; strings in ordinal order.</summary>
    /// <returns>A sorted set of them.</returns>
    public SortedSet<T> ToSortedSet() => new(ToArray(), ContractEntries.Order<T>());

    /// <summary>Returns the items.</summary>
    /// <returns>A frozen set of them.</returns>
    public FrozenSet<T> ToFrozenSet() => ToArray().ToFrozenSet();

    /// <summary>Returns the items.</summary>
    /// <returns>An immutable list of them.</returns>
    public ImmutableList<T> ToImmutableList() => [.. ToArray()];

    /// <summary>Returns the items.</summary>
    /// <returns>An immutable set of them.</returns>
    public ImmutableHashSet<T> ToImmutableHashSet() => [.. ToArray()];

    /// <summary>Returns the items; strings in ordinal order.</summary>
    /// <returns>An immutable sorted set of them.</returns>
    public ImmutableSortedSet<T> ToImmutableSortedSet() => ImmutableSortedSet.Create(ContractEntries.Order<T>(), ToArray());

    /// <summary>Returns the items.</summary>
    /// <returns>A collection of them.</returns>
    public Collection<T> ToCollection() => new(ToList());

    /// <summary>Returns the items.</summary>
    /// <returns>A read-only collection of them.</returns>
    public ReadOnlyCollection<T> ToReadOnlyCollection() => new(ToArray());

    private void MoveTo(Span<T> target)
    {
        if (_items is null)
        {
            ((ReadOnlySpan<T>)_first)[..Count].CopyTo(target);
            return;
        }

        _items.AsSpan(0, Count).CopyTo(target);
        ArrayPool<T>.Shared.Return(_items, RuntimeHelpers.IsReferenceOrContainsReferences<T>());
        _items = null;
    }

    private void Grow()
    {
        var larger = ArrayPool<T>.Shared.Rent(2 * Count);
        if (_items is null)
        {
            ((ReadOnlySpan<T>)_first).CopyTo(larger);
        }
        else
        {
            _items.AsSpan(0, Count).CopyTo(larger);
            ArrayPool<T>.Shared.Return(_items, RuntimeHelpers.IsReferenceOrContainsReferences<T>());
        }

        _items = larger;
    }

    [InlineArray(Length)]
    private struct FirstItems
    {
        public const int Length = 8;
        private T _item;
    }
}
