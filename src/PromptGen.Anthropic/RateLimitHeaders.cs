using System.Globalization;
using System.Net.Http.Headers;
using PromptGen.Providers;

namespace PromptGen.Anthropic;

/// <summary>
/// Reads <c>anthropic-ratelimit-requests-*</c> and <c>anthropic-ratelimit-tokens-*</c>. The latter count input and output together, as a <see cref="RateLimitReport"/> does; those of input and output
/// alone are not read.
/// </summary>
internal static class RateLimitHeaders
{
    public static RateLimitReport Read(HttpResponseHeaders headers) => new(Read(headers, "anthropic-ratelimit-requests"), Read(headers, "anthropic-ratelimit-tokens"));

    private static RateAllowance Read(HttpResponseHeaders headers, string name) =>
        RateAllowance.Parse(Value(headers, name + "-limit"), Value(headers, name + "-remaining"), Until(Value(headers, name + "-reset")));

    /// <summary>The reset is a time of RFC 3339, in whole seconds.</summary>
    private static TimeSpan? Until(string? reset) =>
        DateTimeOffset.TryParse(reset, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time - DateTimeOffset.UtcNow : null;

    private static string? Value(HttpResponseHeaders headers, string name) => headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;
}
