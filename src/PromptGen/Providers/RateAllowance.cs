using System.Globalization;

namespace PromptGen.Providers;

/// <summary>What a provider says of one of its limits: of requests, or of tokens.</summary>
/// <param name="Limit">How many it accepts per minute; null = it did not say. Numbers below 1 count as null.</param>
/// <param name="Left">How many it still accepts until the limit resets; null = it did not say. Negative numbers count as null.</param>
/// <param name="ResetsIn">How long it takes until all of the limit is available again; null = it did not say. Negative times count as zero.</param>
public readonly record struct RateAllowance(long? Limit, long? Left, TimeSpan? ResetsIn)
{
    /// <summary>How many it accepts per minute; null = it did not say.</summary>
    public long? Limit { get; init => field = AtLeast(1, value); } = AtLeast(1, Limit);

    /// <summary>How many it still accepts until the limit resets; null = it did not say.</summary>
    public long? Left { get; init => field = AtLeast(0, value); } = AtLeast(0, Left);

    /// <summary>How long it takes until all of the limit is available again; null = it did not say.</summary>
    public TimeSpan? ResetsIn { get; init => field = NotNegative(value); } = NotNegative(ResetsIn);

    /// <summary>Whether it says anything that limits requests.</summary>
    internal bool IsKnown => Limit is not null || Left is not null;

    /// <summary>Reads the headers of an answer.</summary>
    /// <param name="limit">The limit; null = there is no such header.</param>
    /// <param name="left">What is left of it; null = there is no such header.</param>
    /// <param name="resetsIn">How long it takes until all of it is available again; null = not known.</param>
    /// <returns>What they say. A number that cannot be read counts as absent.</returns>
    public static RateAllowance Parse(string? limit, string? left, TimeSpan? resetsIn) => new(Number(limit), Number(left), resetsIn);

    private static long? Number(string? value) => long.TryParse(value, NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static long? AtLeast(long least, long? value) => value >= least ? value : null;

    private static TimeSpan? NotNegative(TimeSpan? time) => time < TimeSpan.Zero ? TimeSpan.Zero : time;
}
