using System.Globalization;

namespace PromptGen.Timing;

/// <summary>Times as messages show them.</summary>
internal static class Seconds
{
    public static string Of(TimeSpan time) => time.TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture) + " s";
}
