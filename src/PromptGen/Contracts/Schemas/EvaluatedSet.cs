using System.ComponentModel;

namespace PromptGen.Contracts.Schemas;

/// <summary>Which members of an object, or items of an array, some schema has looked at: used by <c>unevaluatedProperties</c> and <c>unevaluatedItems</c>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct EvaluatedSet
{
    private ulong _first;
    private ulong[]? _more;

    /// <summary>Adds a member or item.</summary>
    /// <param name="index">Its number, from 0.</param>
    public void Add(int index)
    {
        if (index < 64)
        {
            _first |= 1UL << index;
            return;
        }

        var word = (index / 64) - 1;
        if (_more is null || word >= _more.Length)
        {
            Array.Resize(ref _more, Math.Max(word + 1, 2 * (_more?.Length ?? 0)));
        }

        _more[word] |= 1UL << index;
    }

    /// <summary>Whether a member or item has been looked at.</summary>
    /// <param name="index">Its number, from 0.</param>
    /// <returns>True where it has.</returns>
    public readonly bool Contains(int index)
    {
        var word = (index / 64) - 1;
        return word < 0 ? (_first & (1UL << index)) != 0 : _more is not null && word < _more.Length && (_more[word] & (1UL << index)) != 0;
    }

    /// <summary>Adds all that another set has.</summary>
    /// <param name="other">The other set.</param>
    public void Add(in EvaluatedSet other)
    {
        _first |= other._first;
        if (other._more is null)
        {
            return;
        }

        if (_more is null || _more.Length < other._more.Length)
        {
            Array.Resize(ref _more, other._more.Length);
        }

        for (var i = 0; i < other._more.Length; i++)
        {
            _more[i] |= other._more[i];
        }
    }
}
