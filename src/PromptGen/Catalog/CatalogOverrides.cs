using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace PromptGen.Catalog;

/// <summary>What configuration says about the catalog: read and checked once, immutable afterwards.</summary>
internal sealed class CatalogOverrides
{
    private const string Prefix = "Models:";

    private static readonly string[] Properties =
    [
        "Disabled", "Id", "Provider", "InputPrice", "OutputPrice", "CachedInputPrice", "CacheWritePrice", "LongContextFrom", "LongContextInputPrice", "LongContextOutputPrice", "BatchPrice",
        "RequestsPerMinute", "TokensPerMinute", "TokenFactor", "AcceptsTemperature", "TimeoutSeconds", "SelfHosted", "Dialect",
    ];

    private readonly Dictionary<string, ModelOverride> _byDeclaredId = new(StringComparer.OrdinalIgnoreCase);

    private CatalogOverrides()
    {
    }

    public static CatalogOverrides None { get; } = new();

    /// <summary>The ids of the models that it has something to say of, as configuration writes them.</summary>
    public IReadOnlyCollection<string> Ids => _byDeclaredId.Keys;

    /// <summary>Reads <c>Models:{declared id}:{property}</c> below a section. A model id may hold colons itself, so the last one counts.</summary>
    /// <exception cref="PromptException">With <see cref="PromptErrorCode.Configuration"/>: a key or a value cannot be used.</exception>
    public static CatalogOverrides Read(IConfiguration section)
    {
        var overrides = new CatalogOverrides();
        var root = section is IConfigurationSection { Path: var path } ? path + ":" : "";
        foreach (var (key, value) in section.AsEnumerable(makePathsRelative: true))
        {
            if (value is null || !key.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            var end = key.LastIndexOf(':');
            if (end <= Prefix.Length)
            {
                throw Bad(root + key, "stands for a model and has properties below it, not a value");
            }

            overrides.Set(key[Prefix.Length..end], key[(end + 1)..], value, root + key);
        }

        return overrides;
    }

    public ModelInfo Apply(ModelInfo declared) =>
        _byDeclaredId.TryGetValue(declared.Id, out var change) ? change.Apply(declared) : declared;

    private void Set(string id, string property, string value, string key)
    {
        if (!_byDeclaredId.TryGetValue(id, out var change))
        {
            _byDeclaredId[id] = change = new ModelOverride();
        }

        switch (property.ToUpperInvariant())
        {
            case "DISABLED":
                change.Disabled = Bool(value, key);
                break;
            case "ID":
                change.Id = Name(value, key);
                break;
            case "PROVIDER":
                change.Provider = Name(value, key);
                break;
            case "INPUTPRICE":
                change.InputPrice = Price(value, key);
                break;
            case "OUTPUTPRICE":
                change.OutputPrice = Price(value, key);
                break;
            case "CACHEDINPUTPRICE":
                change.CachedInputPrice = Price(value, key);
                break;
            case "CACHEWRITEPRICE":
                change.CacheWritePrice = Price(value, key);
                break;
            case "LONGCONTEXTFROM":
                change.LongContextFrom = Count(value, key);
                break;
            case "LONGCONTEXTINPUTPRICE":
                change.LongContextInputPrice = Price(value, key);
                break;
            case "LONGCONTEXTOUTPUTPRICE":
                change.LongContextOutputPrice = Price(value, key);
                break;
            case "BATCHPRICE":
                change.BatchPrice = Share(value, key);
                break;
            case "REQUESTSPERMINUTE":
                change.RequestsPerMinute = Count(value, key);
                break;
            case "TOKENSPERMINUTE":
                change.TokensPerMinute = Count(value, key);
                break;
            case "TOKENFACTOR":
                change.TokenFactor = Factor(value, key);
                break;
            case "ACCEPTSTEMPERATURE":
                change.AcceptsTemperature = Bool(value, key);
                break;
            case "TIMEOUTSECONDS":
                change.Timeout = Seconds(value, key);
                break;
            case "SELFHOSTED":
                change.SelfHosted = Bool(value, key);
                break;
            case "DIALECT":
                change.Dialect = Dialect(value, key);
                break;
            default:
                throw Bad(key, $"names no property of a model{NearestName.Hint(property, Properties)}; there are {string.Join(", ", Properties)}");
        }
    }

    private static bool Bool(string value, string key) =>
        bool.TryParse(value, out var parsed) ? parsed : throw Bad(key, $"must be true or false, not '{value}'");

    // No numbers: they would be unreadable in the settings.
    private static SchemaDialect Dialect(string value, string key) =>
        Enum.TryParse<SchemaDialect>(value, ignoreCase: true, out var parsed) && Enum.GetNames<SchemaDialect>().Contains(value.Trim(), StringComparer.OrdinalIgnoreCase)
            ? parsed
            : throw Bad(key, $"must be one of {string.Join(", ", Enum.GetNames<SchemaDialect>())}, not '{value}'");

    private static string Name(string value, string key) =>
        string.IsNullOrWhiteSpace(value) ? throw Bad(key, "must not be empty") : value.Trim();

    private static decimal Price(string value, string key) =>
        decimal.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var price) && price is >= 0 and <= ModelDefaults.MaxPrice
            ? price
            : throw Bad(key, $"must be a number from 0 to {ModelDefaults.MaxPrice} (USD per million tokens), not '{value}'");

    private static decimal Share(string value, string key) =>
        decimal.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var share) && share is >= 0 and <= 1
            ? share
            : throw Bad(key, $"must be a number from 0 to 1, not '{value}'");

    private static int Count(string value, string key) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0
            ? count
            : throw Bad(key, $"must be a whole number above 0, not '{value}'");

    private static double Factor(string value, string key) =>
        double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var factor) && factor is > 0 and <= ModelDefaults.MaxTokenFactor
            ? factor
            : throw Bad(key, $"must be a number above 0 and at most 10, not '{value}'");

    private static TimeSpan Seconds(string value, string key) =>
        double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) && seconds is >= 0.01 and <= 86_400
            ? TimeSpan.FromSeconds(seconds)
            : throw Bad(key, $"must be a number of seconds from 0.01 to 86400, not '{value}'");

    private static PromptException Bad(string key, string problem) =>
        new(PromptErrorCode.Configuration, $"Configuration key '{key}' {problem}.");
}
