using System.ComponentModel;

namespace PromptGen.Catalog;

/// <summary>One model of a catalog, as declared by <see cref="ModelAttribute"/> or as changed by configuration. Immutable.</summary>
/// <param name="id">The model's id, as its provider knows it.</param>
/// <param name="provider">Who serves the model.</param>
/// <param name="tier">How strong the model is.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ModelInfo(string id, string provider, Tier tier)
{
    /// <summary>The model's id, as its provider knows it.</summary>
    public string Id { get; init; } = id;

    /// <summary>Who serves the model.</summary>
    public string Provider { get; init; } = provider;

    /// <summary>How strong the model is.</summary>
    public Tier Tier { get; } = tier;

    /// <summary>USD per million input tokens; null = unknown.</summary>
    public decimal? InputPrice { get; init; }

    /// <summary>USD per million output tokens; null = unknown.</summary>
    public decimal? OutputPrice { get; init; }

    /// <summary>USD per million input tokens read from the provider's cache; null = charged as <see cref="InputPrice"/>.</summary>
    public decimal? CachedInputPrice { get; init; }

    /// <summary>USD per million input tokens written to the provider's cache; null = a quarter more than <see cref="InputPrice"/>.</summary>
    public decimal? CacheWritePrice { get; init; }

    /// <summary>Input tokens above which a request has the long-context prices; null = the prices do not depend on the length.</summary>
    public int? LongContextFrom { get; init; }

    /// <summary>USD per million input tokens above <see cref="LongContextFrom"/>; null = charged as <see cref="InputPrice"/>.</summary>
    public decimal? LongContextInputPrice { get; init; }

    /// <summary>USD per million output tokens above <see cref="LongContextFrom"/>; null = charged as <see cref="OutputPrice"/>.</summary>
    public decimal? LongContextOutputPrice { get; init; }

    /// <summary>The share of all prices that a request in the provider's batch API costs, 0–1; null = unknown. PromptGen sends no batches.</summary>
    public decimal? BatchPrice { get; init; }

    /// <summary>Tokens that prompt and answer may take together; null = unknown.</summary>
    public int? ContextWindow { get; init; }

    /// <summary>Tokens that one answer may take; null = unknown.</summary>
    public int? MaxOutputTokens { get; init; }

    /// <summary>Requests that the provider accepts per minute; null = no limit. A request above it waits, or another model of the step is asked.</summary>
    public int? RequestsPerMinute { get; init; }

    /// <summary>Tokens that the provider accepts per minute; null = no limit. A request above it waits, or another model of the step is asked.</summary>
    public int? TokensPerMinute { get; init; }

    /// <summary>By what the built-in estimate of input tokens is multiplied, above 0 and at most 10. Default: 1.</summary>
    public double TokenFactor { get; init; } = 1;

    /// <summary>What the model can do.</summary>
    public ModelFeatures Features { get; init; } = ModelFeatures.StructuredOutput | ModelFeatures.Tools;

    /// <summary>Whether the model accepts a temperature, top-p and top-k; they are not sent to one that does not. Default: true.</summary>
    public bool AcceptsTemperature { get; init; } = true;

    /// <summary>Which subset of JSON Schema the model's structured output takes. Default: by the provider's name, as <see cref="ModelAttribute.Dialect"/> says.</summary>
    public SchemaDialect Dialect { get; init; } = ModelDefaults.DialectOf(provider);

    /// <summary>Whether data sent to the model stays in your infrastructure.</summary>
    public bool SelfHosted { get; init; } = tier == Tier.SelfHosted;

    /// <summary>The longest that one attempt may take. Default: Fast 5 s, General 15 s, Deep 90 s, SelfHosted 30 s.</summary>
    public TimeSpan Timeout { get; init; } = DefaultTimeout(tier);

    /// <summary>Whether configuration took the model out of use.</summary>
    public bool Disabled { get; init; }

    /// <summary>The attempt time-out of a tier's models where none is declared.</summary>
    /// <param name="tier">The tier.</param>
    /// <returns>Fast 5 s, General 15 s, Deep 90 s, SelfHosted 30 s.</returns>
    public static TimeSpan DefaultTimeout(Tier tier) => TimeSpan.FromSeconds(ModelDefaults.TimeoutSeconds(tier));

    /// <inheritdoc />
    public override string ToString() => $"{Id} ({Provider})";
}
