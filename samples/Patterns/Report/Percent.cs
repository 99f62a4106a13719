using System.Globalization;

namespace Acme.Patterns.Report;

/// <summary>Shares and savings as the tables show them.</summary>
internal static class Percent
{
    /// <summary>For example <c>67 %</c>; null for null.</summary>
    public static string? Of(double? share) => share is { } value ? string.Create(CultureInfo.InvariantCulture, $"{value * 100:0} %") : null;

    /// <summary>For example <c>76 %</c>; negative where it costs more.</summary>
    public static string Saved(decimal usd, decimal alone) =>
        alone == 0m ? "" : string.Create(CultureInfo.InvariantCulture, $"{(1 - (usd / alone)) * 100:0} %");
}
