using System.ClientModel.Primitives;
using System.Globalization;
using PromptGen.Providers;

namespace PromptGen.OpenAI.Responses;

/// <summary>Reads <c>x-ratelimit-limit-*</c>, <c>x-ratelimit-remaining-*</c> and <c>x-ratelimit-reset-*</c> of requests and tokens.</summary>
internal static class RateLimitHeaders
{
    private static readonly (string Unit, double Seconds)[] Units = [("ms", 0.001), ("d", 86_400), ("h", 3_600), ("m", 60), ("s", 1)];

    public static RateLimitReport Read(PipelineResponseHeaders headers) => new(
        Read(headers, "x-ratelimit-limit-requests", "x-ratelimit-remaining-requests", "x-ratelimit-reset-requests"),
        Read(headers, "x-ratelimit-limit-tokens", "x-ratelimit-remaining-tokens", "x-ratelimit-reset-tokens"));

    private static RateAllowance Read(PipelineResponseHeaders headers, string limit, string remaining, string reset)
    {
        // Looking for a header takes longer than reading it, and many servers send none of these.
        var (most, left) = (Value(headers, limit), Value(headers, remaining));
        return most is null && left is null ? default : RateAllowance.Parse(most, left, Time(Value(headers, reset)));
    }

    /// <summary>Reads a time such as <c>6m0s</c>, <c>1.5s</c> or <c>20ms</c>; a number without a unit is in seconds. Null where it cannot be read.</summary>
    internal static TimeSpan? Time(string? value)
    {
        var rest = value.AsSpan().Trim();
        if (rest.IsEmpty)
        {
            return null;
        }

        var seconds = 0.0;
        while (!rest.IsEmpty)
        {
            var length = rest.IndexOfAnyExceptInRange('.', '9');
            length = length < 0 ? rest.Length : length;
            if (!double.TryParse(rest[..length], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
            {
                return null;
            }

            rest = rest[length..];
            var unit = Unit(ref rest);
            if (unit is null)
            {
                return null;
            }

            seconds += number * unit.Value;
        }

        return TimeSpan.FromSeconds(Math.Min(seconds, TimeSpan.FromDays(1).TotalSeconds));
    }

    private static double? Unit(ref ReadOnlySpan<char> rest)
    {
        if (rest.IsEmpty)
        {
            return 1;
        }

        foreach (var (unit, seconds) in Units)
        {
            if (rest.StartsWith(unit, StringComparison.Ordinal))
            {
                rest = rest[unit.Length..];
                return seconds;
            }
        }

        return null;
    }

    private static string? Value(PipelineResponseHeaders headers, string name) => headers.TryGetValue(name, out var value) ? value : null;
}
