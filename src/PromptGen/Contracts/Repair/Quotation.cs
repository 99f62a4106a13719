namespace PromptGen.Contracts.Repair;

/// <summary>A quotation mark: what it looks like, and how many bytes it takes.</summary>
/// <param name="Kind">The mark itself for ASCII ones, <c>D</c> for other double ones, <c>S</c> for other single ones, 0 for none.</param>
/// <param name="Length">Its bytes.</param>
internal readonly record struct Quotation(byte Kind, int Length)
{
    public bool Exists => Kind != 0;

    /// <summary>The mark at a place of a text.</summary>
    public static Quotation At(ReadOnlySpan<byte> text, int index)
    {
        if ((uint)index >= (uint)text.Length)
        {
            return default;
        }

        return text[index] switch
        {
            (byte)'"' or (byte)'\'' or (byte)'`' => new(text[index], 1),
            0xC2 when index + 1 < text.Length => text[index + 1] switch
            {
                0xAB or 0xBB => new((byte)'D', 2),
                0xB4 => new((byte)'S', 2),
                _ => default,
            },
            0xE2 when index + 2 < text.Length && text[index + 1] == 0x80 => text[index + 2] switch
            {
                >= 0x98 and <= 0x9B => new((byte)'S', 3),
                >= 0x9C and <= 0x9F => new((byte)'D', 3),
                _ => default,
            },
            _ => default,
        };
    }

    /// <summary>Whether a text that this mark opens may be closed by the other one: typographic marks come in pairs, and models mix them with plain ones.</summary>
    public bool IsClosedBy(Quotation mark) => Kind switch
    {
        (byte)'D' => mark.Kind is (byte)'D' or (byte)'"',
        (byte)'S' => mark.Kind is (byte)'S' or (byte)'\'',
        (byte)'`' => mark.Kind == '`' || (mark.Kind == 'S' && mark.Length == 2),
        _ => mark.Kind == Kind,
    };
}
