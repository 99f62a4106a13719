using System;
using System.Globalization;
using PromptGen.Generators.Findings;
using PromptGen.Generators.Text;

namespace PromptGen.Generators.Model;

/// <summary>One model of a catalog. Prices that are not known are <see cref="double.NaN"/>, limits that are not known 0.</summary>
internal sealed record ModelDeclaration(
    string Id,
    string Catalog,
    string Field,
    string Provider,
    Tier Tier,
    double InputPrice,
    double OutputPrice,
    double CachedInputPrice,
    int ContextWindow,
    int MaxOutputTokens,
    ModelFeatures Features,
    bool SelfHosted,
    double TimeoutSeconds,
    string? Retires,
    string? ReplacedBy,
    SchemaDialect Dialect)
{
    /// <inheritdoc cref="CatalogDeclaration.Suffix"/>
    public string Suffix { get; init; } = "";

    /// <summary>By what the estimate of input tokens is multiplied.</summary>
    public double TokenFactor { get; init; } = 1;

    /// <summary>Whether a temperature is sent to the model.</summary>
    public bool AcceptsTemperature { get; init; } = true;

    public double CacheWritePrice { get; init; } = double.NaN;

    /// <summary>The input tokens above which a request has the long-context prices; 0 = the prices do not depend on the length.</summary>
    public int LongContextFrom { get; init; }

    public double LongContextInputPrice { get; init; } = double.NaN;

    public double LongContextOutputPrice { get; init; } = double.NaN;

    /// <summary>The share of all prices that a request in a batch costs.</summary>
    public double BatchPrice { get; init; } = double.NaN;

    public int RequestsPerMinute { get; init; }

    public int TokensPerMinute { get; init; }

    /// <summary>Numbers outside their range, which are treated as not set: PG0505, and PG0803 for prices below 0.</summary>
    public EquatableArray<Finding> Problems { get; init; }

    /// <summary>The day of the retirement; null where there is none, or it cannot be read.</summary>
    public DateTime? RetirementDay => DateTime.TryParseExact(Retires, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    /// <summary>The dialect of the schema that the model is sent; the standard one where it is sent none.</summary>
    public SchemaDialect SentDialect => (Features & ModelFeatures.StructuredOutput) != 0 ? Dialect : SchemaDialect.Standard;

    /// <summary>Whether both prices are known, so that an attempt's cost can be computed.</summary>
    public bool IsPriced => !double.IsNaN(InputPrice) && !double.IsNaN(OutputPrice);

    /// <summary>The attempt time-out in seconds: what is declared, else the tier's.</summary>
    public double EffectiveTimeoutSeconds => TimeoutSeconds > 0 ? TimeoutSeconds : ModelDefaults.TimeoutSeconds(Tier);

    /// <summary>Whether the model has all features of a set.</summary>
    public bool Can(ModelFeatures needed) => (Features & needed) == needed;

    public override string ToString() => $"{Id} ({Provider})";
}
