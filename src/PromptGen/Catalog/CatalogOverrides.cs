using Microsoft.Extensions.Configuration;
using static PromptGen.Catalog.SettingValue;

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
}
