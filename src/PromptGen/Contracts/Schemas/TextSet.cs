using System.ComponentModel;
using System.Text;

namespace PromptGen.Contracts.Schemas;

/// <summary>Many strings, of which a value has to be one.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class TextSet
{
    private readonly byte[][] _texts;

    /// <summary>Creates a set.</summary>
    /// <param name="texts">The strings.</param>
    public TextSet(params string[] texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        _texts = Array.ConvertAll(texts, Encoding.UTF8.GetBytes);
        Array.Sort(_texts, static (left, right) => left.AsSpan().SequenceCompareTo(right));
    }

    internal bool Contains(ReadOnlySpan<byte> text)
    {
        var low = 0;
        var high = _texts.Length - 1;
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var order = text.SequenceCompareTo(_texts[middle]);
            if (order == 0)
            {
                return true;
            }

            (low, high) = order < 0 ? (low, middle - 1) : (middle + 1, high);
        }

        return false;
    }
}
