using System.Buffers.Text;
using System.Globalization;
using System.Numerics;
using System.Text;

namespace PromptGen.Contracts;

// Names that are values: the keys of dictionaries and the items of [Flags] enums.
public ref partial struct ContractReader
{
    /// <summary>Whether the current member has this name.</summary>
    /// <param name="name">The name as UTF-8.</param>
    /// <returns>True where it has.</returns>
    public readonly bool IsNamed(ReadOnlySpan<byte> name) => _name.SequenceEqual(name);

    /// <summary>Takes the name of the current member for an integer: digits without leading zeros, before them a minus or nothing.</summary>
    /// <typeparam name="T">The type of the integer.</typeparam>
    /// <param name="name">The integer.</param>
    /// <returns>False where it is none, or none of the type's.</returns>
    public readonly bool TryName<T>(out T name)
        where T : struct, IBinaryInteger<T>
    {
        var digits = _name is [(byte)'-', .. var rest] ? rest : _name;
        name = default;
        return (digits is [(byte)'0'] || digits is [>= (byte)'1' and <= (byte)'9', ..])
            && digits.IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0
            && T.TryParse(Encoding.ASCII.GetString(_name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out name);
    }

    /// <summary>Takes the name of the current member for a UUID.</summary>
    /// <param name="name">The UUID.</param>
    /// <returns>False where it is none.</returns>
    public readonly bool TryName(out Guid name) => Utf8Parser.TryParse(_name, out name, out var consumed, 'D') && consumed == _name.Length;

    /// <summary>Records an item that was there before.</summary>
    /// <typeparam name="T">The type of the item.</typeparam>
    /// <param name="item">The item.</param>
    /// <param name="seen">One bit for each item that may be there.</param>
    /// <param name="bit">The number of this item's bit.</param>
    /// <returns>The item.</returns>
    public T Once<T>(T item, ref ulong seen, int bit)
    {
        if ((seen & (1UL << bit)) != 0)
        {
            Add(Pointer(), "each item only once", Snippet(_json[(int)_tokens.TokenStartIndex..(int)_tokens.BytesConsumed]));
        }

        seen |= 1UL << bit;
        return item;
    }
}
