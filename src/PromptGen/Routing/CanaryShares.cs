using System.Globalization;
using Microsoft.Extensions.Configuration;
using PromptGen.Catalog;

namespace PromptGen.Routing;

/// <summary>What configuration says about the shares of canaries: read and checked once, immutable afterwards.</summary>
internal sealed class CanaryShares
{
    private const string Prefix = "Canaries:";

    private readonly Dictionary<string, double> _percents = new(StringComparer.OrdinalIgnoreCase);

    private CanaryShares()
    {
    }

    public static CanaryShares None { get; } = new();

    /// <summary>The canaries that it has something to say of, as <c>{prompt}:{model}</c>.</summary>
    public IReadOnlyCollection<string> Keys => _percents.Keys;

    /// <summary>Reads <c>Canaries:{prompt}:{model}</c> below a section. Names and ids may hold colons themselves, so both are one key.</summary>
    /// <exception cref="PromptException">With <see cref="PromptErrorCode.Configuration"/>: a value cannot be used.</exception>
    public static CanaryShares Read(IConfiguration section)
    {
        var shares = new CanaryShares();
        var root = section is IConfigurationSection { Path: var path } ? path + ":" : "";
        foreach (var (key, value) in section.AsEnumerable(makePathsRelative: true))
        {
            if (value is not null && key.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
            {
                shares._percents[key[Prefix.Length..]] = Percent(value, root + key);
            }
        }

        return shares;
    }

    /// <summary>The share of the calls that a canary gets, in percent.</summary>
    public double Of(PromptCanary canary) => _percents.TryGetValue(canary.Key, out var percent) ? percent : canary.Percent;

    private static double Percent(string value, string key) =>
        double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var percent) && percent is >= 0 and <= 100
            ? percent
            : throw SettingValue.Bad(key, $"must be a number from 0 to 100 (percent of the calls), not '{value}'");
}
