using System.Globalization;

namespace PromptGen;

/// <summary>
/// The period of a budget. Periods are fixed and count in UTC: a day begins at midnight, an hour on the hour, a month
/// on its first day, any other length at whole multiples since year 1. The default value is <see cref="Month"/>.
/// </summary>
public readonly record struct BudgetPeriod
{
    private readonly TimeSpan _length;

    private BudgetPeriod(TimeSpan length) => _length = length;

    /// <summary>A calendar month.</summary>
    public static BudgetPeriod Month => default;

    /// <summary>A day.</summary>
    public static BudgetPeriod Day => new(TimeSpan.FromDays(1));

    /// <summary>An hour.</summary>
    public static BudgetPeriod Hour => new(TimeSpan.FromHours(1));

    /// <summary>A period of any length.</summary>
    /// <param name="length">1 s–366 days.</param>
    public static implicit operator BudgetPeriod(TimeSpan length) => FromTimeSpan(length);

    /// <summary>A period of any length.</summary>
    /// <param name="length">1 s–366 days.</param>
    /// <returns>The period.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="length"/> is shorter or longer.</exception>
    public static BudgetPeriod FromTimeSpan(TimeSpan length) =>
        Fits(length) ? new(length) : throw new ArgumentOutOfRangeException(nameof(length), length, "A budget's period is 1 s to 366 days.");

    /// <summary>Which period a moment lies in. For stores: what was spent in one period does not count in the next.</summary>
    /// <param name="moment">The moment.</param>
    /// <returns>The number of the period; it grows by one from period to period.</returns>
    public long NumberAt(DateTimeOffset moment) =>
        _length == TimeSpan.Zero ? (moment.UtcDateTime.Year * 12L) + moment.UtcDateTime.Month : moment.UtcTicks / _length.Ticks;

    /// <summary><c>month</c>, <c>day</c>, <c>hour</c>, or the length as <c>00:15:00</c>: what configuration takes.</summary>
    /// <returns>The period in invariant form.</returns>
    public override string ToString() =>
        this == Month ? "month"
        : this == Day ? "day"
        : this == Hour ? "hour"
        : _length.ToString("c", CultureInfo.InvariantCulture);

    internal static BudgetPeriod? Parse(string text) => text.Trim().ToUpperInvariant() switch
    {
        "MONTH" => Month,
        "DAY" => Day,
        "HOUR" => Hour,
        var other => TimeSpan.TryParse(other, CultureInfo.InvariantCulture, out var length) && Fits(length) ? new BudgetPeriod(length) : null,
    };

    private static bool Fits(TimeSpan length) => length >= TimeSpan.FromSeconds(1) && length <= TimeSpan.FromDays(366);
}
