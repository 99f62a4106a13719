using System.Globalization;

namespace PromptGen.Providers;

/// <summary>Reads how long a provider asks to wait, from the headers <c>Retry-After</c> and <c>retry-after-ms</c>.</summary>
public static class RetryAfter
{
    /// <summary>The longest wait that is reported: one day. Longer ones are cut down to it.</summary>
    public static TimeSpan Longest { get; } = TimeSpan.FromDays(1);

    /// <summary>Reads the headers of an answer.</summary>
    /// <param name="retryAfter">The value of <c>Retry-After</c>: seconds, whole or decimal, or an HTTP date. Several values may be joined by commas.</param>
    /// <param name="retryAfterMs">The value of <c>retry-after-ms</c>: milliseconds. It is the more exact one and wins where it can be read.</param>
    /// <param name="now">The time that dates are compared with.</param>
    /// <returns>From zero to <see cref="Longest"/>; zero for a date in the past. Null where neither header says anything usable, for example a negative number.</returns>
    public static TimeSpan? Parse(string? retryAfter, string? retryAfterMs, DateTimeOffset now) =>
        Longer(null, retryAfterMs, TimeSpan.TicksPerMillisecond, null) ?? Longer(null, retryAfter, TimeSpan.TicksPerSecond, now);

    /// <summary>Reads the headers of an answer that may carry each of them more than once: the longest wait counts.</summary>
    /// <param name="retryAfter">The values of <c>Retry-After</c>; null = none.</param>
    /// <param name="retryAfterMs">The values of <c>retry-after-ms</c>; null = none.</param>
    /// <param name="now">The time that dates are compared with.</param>
    /// <returns>As the other overload.</returns>
    public static TimeSpan? Parse(IEnumerable<string>? retryAfter, IEnumerable<string>? retryAfterMs, DateTimeOffset now)
    {
        TimeSpan? wait = null;
        foreach (var value in retryAfterMs ?? [])
        {
            wait = Longer(wait, value, TimeSpan.TicksPerMillisecond, null);
        }

        if (wait is not null)
        {
            return wait;
        }

        foreach (var value in retryAfter ?? [])
        {
            wait = Longer(wait, value, TimeSpan.TicksPerSecond, now);
        }

        return wait;
    }

    /// <summary>The one rule for waits, whoever names them: headers, clients and classifiers.</summary>
    /// <param name="wait">A wait.</param>
    /// <returns>From zero to <see cref="Longest"/>; null for null and for a negative wait.</returns>
    internal static TimeSpan? Clamp(TimeSpan? wait) => wait is not { } time || time < TimeSpan.Zero ? null : time > Longest ? Longest : time;

    private static TimeSpan? Longer(TimeSpan? wait, string? value, long ticksPerUnit, DateTimeOffset? now)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            return wait;
        }

        if (now is not null && TryParseDate(value, out var date))
        {
            return Max(wait, date > now.Value ? date - now.Value : TimeSpan.Zero);
        }

        foreach (var part in value.Split(','))
        {
            // "NaN" and "Infinity" parse whatever the style; 400 digits are infinite as a double, but still a wait.
            if (part.AsSpan().Trim() is [>= '0' and <= '9' or '.', ..]
                && double.TryParse(part, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var units))
            {
                // Compared as double first: a number with twenty digits does not fit into a TimeSpan.
                var ticks = units * ticksPerUnit;
                wait = Max(wait, ticks >= Longest.Ticks ? Longest : TimeSpan.FromTicks((long)ticks));
            }
        }

        return wait;
    }

    private static bool TryParseDate(string value, out DateTimeOffset date) => DateTimeOffset.TryParseExact(
        value.Trim(),
        ["r", "dddd, dd-MMM-yy HH:mm:ss 'GMT'", "ddd MMM d HH:mm:ss yyyy"],
        CultureInfo.InvariantCulture,
        DateTimeStyles.AllowInnerWhite | DateTimeStyles.AssumeUniversal,
        out date);

    private static TimeSpan Max(TimeSpan? wait, TimeSpan other)
    {
        var clamped = other < TimeSpan.Zero ? TimeSpan.Zero : other > Longest ? Longest : other;
        return wait is { } current && current > clamped ? current : clamped;
    }
}
