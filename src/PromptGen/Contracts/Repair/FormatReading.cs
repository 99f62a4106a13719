using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace PromptGen.Contracts.Repair;

/// <summary>Other ways of writing what a contract requires in one format. A date is not converted where its day and month could be interchanged.</summary>
internal static partial class FormatReading
{
    private const int Longest = 2048;

    private static readonly string[] Dates =
    [
        "yyyy/M/d", "yyyy.M.d", "d MMMM yyyy", "d MMM yyyy", "MMMM d, yyyy", "MMM d, yyyy", "MMMM d yyyy", "MMM d yyyy",
        "yyyy-MM-dd'T'00:00:00", "yyyy-MM-dd'T'00:00:00'Z'", "yyyy-MM-dd 00:00:00",
    ];

    private static readonly string[] DateTimes =
        ["yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd HH:mm:ss.FFFFFFF", "yyyy/MM/dd HH:mm", "yyyy/MM/dd HH:mm:ss"];

    /// <summary>The text in the format; null where there is no reading of it.</summary>
    public static string? Find(string format, string text, ReadingGuard guard)
    {
        text = text.Length > Longest ? "" : Words.Bare(text, guard);
        return format switch
        {
            "date" => Date(text)?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            "date-time" => Time(text)?.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture) ?? Date(text)?.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture),
            "uuid" => !Guid.TryParseExact(text, "D", out _) && Guid.TryParse(text.StartsWith("urn:uuid:", StringComparison.OrdinalIgnoreCase) ? text[9..] : text, out var id) ? id.ToString("D") : null,
            "uri" => Link().Match(text) is { Success: true } link ? link.Groups["url"].Value : null,
            "duration" => Duration(text),
            _ => null,
        };
    }

    private static DateTime? Date(string text) =>
        DateTime.TryParseExact(text, Dates, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;

    private static DateTime? Time(string text) =>
        DateTime.TryParseExact(text, DateTimes, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;

    private static string? Duration(string text)
    {
        var match = UnitTimes().Match(text);
        if (!match.Success)
        {
            return null;
        }

        var units = match.Groups["unit"].Captures.Select(static unit => unit.Value[0] is var c ? char.ToUpperInvariant(c) : default).ToList();
        var numbers = match.Groups["number"].Captures;
        var iso = new StringBuilder("P");
        var hasTime = false;
        for (var i = 0; i < units.Count; i++)
        {
            if (units[i] != 'D' && !hasTime)
            {
                iso.Append('T');
                hasTime = true;
            }

            iso.Append(numbers[i].ValueSpan).Append(units[i]);
        }

        return iso.ToString();
    }

    [GeneratedRegex(@"^((?<number>[0-9]{1,9}(\.[0-9]{1,9})?)\s*(?<unit>days?|d|hours?|hrs?|h|minutes?|mins?|m|seconds?|secs?|s)\b[\s,]*)+$", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex UnitTimes();

    [GeneratedRegex(@"^(<(?<url>[a-z][a-z0-9+.-]*:[^<>\s]+)>|\[[^\]]*\]\((?<url>[a-z][a-z0-9+.-]*:[^()\s]+)\)|(?<url>[a-z][a-z0-9+.-]*:\S+))$", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Link();
}
