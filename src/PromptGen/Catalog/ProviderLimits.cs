using Microsoft.Extensions.Configuration;
using static PromptGen.Catalog.SettingValue;

namespace PromptGen.Catalog;

/// <summary>The limits per minute of providers: those that the program declares, changed by <c>Providers:{name}:{RequestsPerMinute|TokensPerMinute}</c> below a section. Immutable.</summary>
internal sealed class ProviderLimits
{
    private static readonly string[] Properties = ["RequestsPerMinute", "TokensPerMinute"];

    private readonly Dictionary<string, (int? Requests, int? Tokens)> _byProvider;

    private ProviderLimits(IReadOnlyDictionary<string, (int? Requests, int? Tokens)> declared) => _byProvider = new(declared, StringComparer.OrdinalIgnoreCase);

    /// <summary>The names of the providers.</summary>
    public IReadOnlyCollection<string> Names => _byProvider.Keys;

    /// <summary>Reads a section; null = there is none.</summary>
    /// <exception cref="PromptException">With <see cref="PromptErrorCode.Configuration"/>: a key or a value cannot be used.</exception>
    public static ProviderLimits Read(IReadOnlyDictionary<string, (int? Requests, int? Tokens)> declared, IConfiguration? section)
    {
        var limits = new ProviderLimits(declared);
        foreach (var provider in section?.GetSection("Providers").GetChildren() ?? [])
        {
            if (provider.Value is not null)
            {
                throw Bad(provider.Path, "stands for a provider and has properties below it, not a value");
            }

            foreach (var property in provider.GetChildren())
            {
                limits.Set(provider.Key, property.Key, property.Value ?? throw Bad(property.Path, "must have a value, not keys below it"), property.Path);
            }
        }

        return limits;
    }

    /// <returns>The limits of a provider, above 0; null = no limit.</returns>
    public (int? Requests, int? Tokens) Of(string provider) => _byProvider.GetValueOrDefault(provider);

    private void Set(string provider, string property, string value, string key)
    {
        var (requests, tokens) = Of(provider);
        _byProvider[provider] = property.ToUpperInvariant() switch
        {
            "REQUESTSPERMINUTE" => (Count(value, key), tokens),
            "TOKENSPERMINUTE" => (requests, Count(value, key)),
            _ => throw Bad(key, $"names no property of a provider{NearestName.Hint(property, Properties)}; there are {string.Join(", ", Properties)}"),
        };
    }
}
