using System.Globalization;

namespace PromptGen.Cli.Output;

/// <summary>How numbers look: invariant, short, with their unit; a dash where nothing is known.</summary>
internal static class Figures
{
    /// <summary>Nothing, or nothing that is known, in a column whose heading says of what.</summary>
    public const string Unknown = "–";

    /// <summary>An amount that is not known, which must not look like nothing.</summary>
    public const string UnknownCost = "unknown";

    /// <summary>An amount: four significant digits below a dollar, so that a cheap call is never <c>$0.00</c>.</summary>
    public static string Usd(decimal? usd)
    {
        if (usd is not { } amount)
        {
            return Unknown;
        }

        var digits = amount == 0 || Math.Abs(amount) >= 1 ? 2 : Math.Min(10, 3 - (int)Math.Floor(Math.Log10((double)Math.Abs(amount))));
        return "$" + amount.ToString("F" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
    }

    public static string Usd(double? usd) => usd is { } amount && double.IsFinite(amount) ? Usd((decimal)amount) : Unknown;

    /// <summary>A cost: <c>unknown</c> where no part of it is known, <c>≥ $0.0030</c> where some of it is.</summary>
    public static string Cost(PromptCost cost) => Cost((double)cost.Usd, cost.IsComplete);

    /// <summary>A cost: <c>unknown</c> where no part of it is known, <c>≥ $0.0030</c> where some of it is.</summary>
    /// <param name="usd">The part that is known; null = there is nothing that could cost.</param>
    /// <param name="isComplete">Whether that is all of it.</param>
    public static string Cost(double? usd, bool isComplete) => usd is null || isComplete ? Usd(usd) : usd == 0 ? UnknownCost : "≥ " + Usd(usd);

    /// <summary>A count with its noun: <c>1 call</c>, <c>2 calls</c>.</summary>
    public static string Count(long count, string noun) => string.Create(CultureInfo.InvariantCulture, $"{count:#,0} {noun}{(count == 1 ? "" : "s")}");

    public static string Number(double? number) => number is { } value && double.IsFinite(value) ? value.ToString("#,0.##", CultureInfo.InvariantCulture) : Unknown;

    public static string Time(TimeSpan? time) => time switch
    {
        null => Unknown,
        { TotalMilliseconds: < 1 } short_ => string.Create(CultureInfo.InvariantCulture, $"{short_.TotalMicroseconds:0} µs"),
        { TotalSeconds: < 1 } milliseconds => string.Create(CultureInfo.InvariantCulture, $"{milliseconds.TotalMilliseconds:0} ms"),
        { TotalMinutes: < 10 } seconds => string.Create(CultureInfo.InvariantCulture, $"{seconds.TotalSeconds:0.0#} s"),
        var long_ => string.Create(CultureInfo.InvariantCulture, $"{long_.Value.TotalMinutes:0} min"),
    };

    /// <summary>A member of an answer, by its pointer.</summary>
    public static string Member(string pointer) => pointer.Length == 0 ? "(root)" : pointer;

    public static string Percent(double? share) => share is { } value && double.IsFinite(value) ? string.Create(CultureInfo.InvariantCulture, $"{value * 100:0.#} %") : Unknown;
}
