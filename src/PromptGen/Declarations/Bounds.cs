namespace PromptGen;

/// <summary>Checks what is set on options.</summary>
internal static class Bounds
{
    /// <summary>The value, which has to be within bounds.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not.</exception>
    public static TValue Within<TValue>(TValue value, TValue least, TValue most)
        where TValue : IComparable<TValue>
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, least);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, most);
        return value;
    }
}
