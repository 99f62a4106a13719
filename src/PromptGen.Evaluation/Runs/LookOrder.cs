namespace PromptGen.Evaluation;

/// <summary>Which items are asked before each look at a run.</summary>
internal sealed class LookOrder
{
    private readonly EvaluationItem[] _items;
    private readonly int[] _ends;

    /// <param name="set">The items.</param>
    /// <param name="looks">How many looks there are. Without a look before the end, the order is that of the set.</param>
    public LookOrder(EvaluationSet set, int looks)
    {
        _items = looks == 1 ? [.. set.Items] : [.. set.Items.OrderBy(static item => SetHash.Of([item.Cluster ?? item.Id]), StringComparer.Ordinal).ThenBy(static item => SetHash.Of([item.Id]), StringComparer.Ordinal)];
        _ends = [.. Enumerable.Range(1, looks).Select(look => EndOf((int)((long)_items.Length * look / looks)))];
    }

    /// <summary>How many looks there are.</summary>
    public int Looks => _ends.Length;

    /// <summary>The items that come before a look, after the one before it.</summary>
    /// <param name="look">The look: from 1.</param>
    public IReadOnlySet<string> Before(int look) => IdsOf(look == 1 ? 0 : _ends[look - 2], _ends[look - 1]);

    /// <summary>All items that come before a look.</summary>
    /// <param name="look">The look: from 1.</param>
    public IReadOnlySet<string> Until(int look) => IdsOf(0, _ends[look - 1]);

    private HashSet<string> IdsOf(int start, int end) => [.. _items[start..end].Select(static item => item.Id)];

    /// <summary>The end of a part, moved to the end of its last cluster.</summary>
    private int EndOf(int end)
    {
        while (end > 0 && end < _items.Length && _items[end].Cluster is { } cluster && cluster == _items[end - 1].Cluster)
        {
            end++;
        }

        return end;
    }
}
