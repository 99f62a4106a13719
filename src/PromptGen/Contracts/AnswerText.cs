namespace PromptGen.Contracts;

/// <summary>What can be told of the text around an answer's JSON without reading the JSON.</summary>
internal static class AnswerText
{
    private static ReadOnlySpan<byte> Space => " \t\r\n"u8;

    private static ReadOnlySpan<byte> Fence => "```"u8;

    public static ReadOnlySpan<byte> Bom => "\uFEFF"u8;

    public static ReadOnlySpan<byte> TrimStart(ReadOnlySpan<byte> text) => text.TrimStart(Space);

    public static ReadOnlySpan<byte> TrimEnd(ReadOnlySpan<byte> text) => text.TrimEnd(Space);

    /// <summary>Whether a block that starts with a brace or bracket can be JSON: prose and code are passed over without an exception.</summary>
    public static bool LooksLikeJson(ReadOnlySpan<byte> block)
    {
        var next = TrimStart(block[1..]);
        return next.IsEmpty || (block[0] == '{' ? next[0] is (byte)'"' or (byte)'}' : next[0] is (byte)'{' or (byte)'[' or (byte)']' || StartsScalar(next));
    }

    public static bool StartsScalar(ReadOnlySpan<byte> text) =>
        !text.IsEmpty && text[0] is (byte)'"' or (byte)'-' or (>= (byte)'0' and <= (byte)'9') or (byte)'t' or (byte)'f' or (byte)'n';

    /// <summary>Whether a block without an end has to be taken for the beginning of an answer, rather than for a bracket in prose.</summary>
    public static bool IsOpen(ReadOnlySpan<byte> block, bool isWrapped) =>
        block[0] == '{' || isWrapped || TrimStart(block[1..]) is [(byte)'{', ..];

    /// <summary>The length of the block up to its closing brace or bracket; 0 where there is none.</summary>
    public static int LengthOfBlock(ReadOnlySpan<byte> block)
    {
        var depth = 0;
        for (var i = 0; i < block.Length; i++)
        {
            switch (block[i])
            {
                case (byte)'{' or (byte)'[':
                    depth++;
                    break;
                case (byte)'}' or (byte)']':
                    if (--depth == 0)
                    {
                        return i + 1;
                    }

                    break;
                case (byte)'"':
                    for (i++; i < block.Length && block[i] != '"'; i++)
                    {
                        i += block[i] == '\\' ? 1 : 0;
                    }

                    break;
            }
        }

        return 0;
    }

    /// <summary>Removes the fence that ends <paramref name="before"/> and starts <paramref name="after"/>.</summary>
    public static bool TryRemoveFence(ref ReadOnlySpan<byte> before, ref ReadOnlySpan<byte> after)
    {
        var fence = before.LastIndexOf(Fence);
        if (fence < 0 || before[fence..].Contains((byte)'\n'))
        {
            return false;
        }

        before = TrimEnd(before[..fence]);
        after = after.StartsWith(Fence) ? TrimStart(after[Fence.Length..]) : after;
        return true;
    }

    /// <summary>Removes a fence around the whole text, which keeps the line feed at its end.</summary>
    public static bool TryUnfence(ref ReadOnlySpan<byte> text)
    {
        var lineEnd = text.IndexOf((byte)'\n');
        var fence = TrimEnd(text).LastIndexOf(Fence);
        if (!text.StartsWith(Fence) || lineEnd < 0 || fence <= lineEnd || TrimEnd(text)[fence..].Length != Fence.Length)
        {
            return false;
        }

        text = TrimStart(text[(lineEnd + 1)..fence]);
        return true;
    }

    public static ContractReading<T> Invalid<T>(ReadOnlySpan<byte> block) =>
        ContractReading<T>.Failed(PromptErrorCode.InvalidJson, [new SchemaViolation("", "a JSON object", ContractReader.Snippet(block))]);
}
