namespace PromptGen.Contracts;

public ref partial struct ContractReader
{
    /// <summary>Checks the value that was read last: it has to be one of these.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="value">The value.</param>
    /// <param name="expected">What the contract asks for.</param>
    /// <param name="allowed">The values that it may be.</param>
    /// <returns>The value.</returns>
    public T OneOf<T>(T value, string expected, scoped ReadOnlySpan<T> allowed) => Contains(allowed, Compared(value)) ? value : MismatchOnce(value, expected);

    /// <summary>Checks the value that was read last: it must be none of these.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="value">The value.</param>
    /// <param name="expected">What the contract asks for.</param>
    /// <param name="denied">The values that it may not be.</param>
    /// <returns>The value.</returns>
    public T NoneOf<T>(T value, string expected, scoped ReadOnlySpan<T> denied) => Contains(denied, Compared(value)) ? MismatchOnce(value, expected) : value;

    /// <summary>The value; strings are not kept any more once there is a breach, but this one is still to be judged.</summary>
    private readonly T Compared<T>(T value) =>
        typeof(T) == typeof(string) && IsBroken && IsWellFormedText() ? (T)(object)_tokens.GetString()! : value;

    private static bool Contains<T>(ReadOnlySpan<T> values, T value)
    {
        foreach (var known in values)
        {
            if (EqualityComparer<T>.Default.Equals(known, value))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>What was no value at all has been recorded as such.</summary>
    private T MismatchOnce<T>(T value, string expected)
    {
        if (!Ended && !(_violations is [.., var last] && last.Expected == expected && last.Pointer == Pointer()))
        {
            Mismatch(expected);
        }

        return value;
    }
}
