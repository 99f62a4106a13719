using System.Globalization;
using System.Security.Cryptography;

namespace PromptGen;

/// <summary>
/// Ids of calls: unique across processes, and in ordinal order those of one process are in the order of their making, which keeps the index of a ledger small.
/// </summary>
internal static class CallIds
{
    /// <summary>When this process began to make ids, and 32 random bits.</summary>
    private static readonly string s_process = string.Create(
        CultureInfo.InvariantCulture, $"{DateTimeOffset.UtcNow.ToUnixTimeMilliseconds():x12}{RandomNumberGenerator.GetInt32(int.MaxValue):x8}");

    private static long s_latest;

    /// <summary>The id of a call, made where it is first asked for.</summary>
    /// <param name="id">Where it is kept; null = it is not made yet. Several threads may ask at once.</param>
    public static string Of(ref string? id) => id ?? Interlocked.CompareExchange(ref id, Next(), null) ?? id;

    /// <returns>For example <c>019b2f3c4d5e6f708192-0000002a</c>.</returns>
    private static string Next() => string.Create(CultureInfo.InvariantCulture, $"{s_process}-{Interlocked.Increment(ref s_latest):x8}");
}
