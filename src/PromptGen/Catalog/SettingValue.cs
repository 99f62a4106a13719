using System.Globalization;

namespace PromptGen.Catalog;

/// <summary>Reads values of the configuration.</summary>
internal static class SettingValue
{
    /// <exception cref="PromptException">With <see cref="PromptErrorCode.Configuration"/>.</exception>
    public static bool Bool(string value, string key) =>
        bool.TryParse(value, out var parsed) ? parsed : throw Bad(key, $"must be true or false, not '{value}'");

    /// <inheritdoc cref="Bool"/>
    // No numbers: they would be unreadable in the settings.
    public static SchemaDialect Dialect(string value, string key) =>
        Enum.TryParse<SchemaDialect>(value, ignoreCase: true, out var parsed) && Enum.GetNames<SchemaDialect>().Contains(value.Trim(), StringComparer.OrdinalIgnoreCase)
            ? parsed
            : throw Bad(key, $"must be one of {string.Join(", ", Enum.GetNames<SchemaDialect>())}, not '{value}'");

    /// <inheritdoc cref="Bool"/>
    public static string Name(string value, string key) =>
        string.IsNullOrWhiteSpace(value) ? throw Bad(key, "must not be empty") : value.Trim();

    /// <inheritdoc cref="Bool"/>
    public static decimal Price(string value, string key) =>
        decimal.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var price) && price is >= 0 and <= ModelDefaults.MaxPrice
            ? price
            : throw Bad(key, $"must be a number from 0 to {ModelDefaults.MaxPrice} (USD per million tokens), not '{value}'");

    /// <inheritdoc cref="Bool"/>
    public static decimal Share(string value, string key) =>
        decimal.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var share) && share is >= 0 and <= 1
            ? share
            : throw Bad(key, $"must be a number from 0 to 1, not '{value}'");

    /// <inheritdoc cref="Bool"/>
    public static int Count(string value, string key) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0
            ? count
            : throw Bad(key, $"must be a whole number above 0, not '{value}'");

    /// <inheritdoc cref="Bool"/>
    public static double Factor(string value, string key) =>
        double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var factor) && factor is > 0 and <= ModelDefaults.MaxTokenFactor
            ? factor
            : throw Bad(key, $"must be a number above 0 and at most 10, not '{value}'");

    /// <inheritdoc cref="Bool"/>
    public static TimeSpan Seconds(string value, string key) =>
        double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) && seconds is >= 0.01 and <= 86_400
            ? TimeSpan.FromSeconds(seconds)
            : throw Bad(key, $"must be a number of seconds from 0.01 to 86400, not '{value}'");

    /// <returns>The error of a key or a value that cannot be used.</returns>
    public static PromptException Bad(string key, string problem) =>
        new(PromptErrorCode.Configuration, $"Configuration key '{key}' {problem}.");
}
