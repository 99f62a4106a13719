namespace PromptGen.Routing;

/// <summary>A hash that is the same in every process and on every machine. It is no secret: it only spreads values evenly.</summary>
internal static class StableHash
{
    /// <summary>FNV-1a over the UTF-16 units of a text, mixed.</summary>
    public static ulong Of(ReadOnlySpan<char> text)
    {
        var hash = 14695981039346656037UL;
        foreach (var unit in text)
        {
            hash = (hash ^ (byte)unit) * 1099511628211UL;
            hash = (hash ^ (byte)(unit >> 8)) * 1099511628211UL;
        }

        return Mix(hash);
    }

    /// <summary>The finalizer of MurmurHash3: each bit of the input changes half of the bits of the result.</summary>
    public static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 33)) * 0xff51afd7ed558ccdUL;
        value = (value ^ (value >> 33)) * 0xc4ceb9fe1a85ec53UL;
        return value ^ (value >> 33);
    }
}
