namespace PromptGen;

/// <summary>
/// Describes one model of a catalog. The value of the <c>const string</c> field that it is applied to is the model's id.
/// Prices are in USD per million tokens; a price that is not set is unknown, which is never zero.
/// </summary>
/// <param name="provider">Who serves the model: the name given to <c>AddProvider</c> at start-up.</param>
/// <param name="tier">How strong the model is.</param>
[AttributeUsage(AttributeTargets.Field, Inherited = false)]
public sealed class ModelAttribute(string provider, Tier tier) : Attribute
{
    private SchemaDialect? _dialect;
    private bool? _acceptsTemperature;

    /// <summary>Who serves the model.</summary>
    public string Provider { get; } = provider;

    /// <summary>How strong the model is.</summary>
    public Tier Tier { get; } = tier;

    /// <summary>USD per million input tokens, 0 or more. Default: <see cref="double.NaN"/>, unknown.</summary>
    public double InputPrice { get; set; } = double.NaN;

    /// <summary>USD per million output tokens, 0 or more. Default: <see cref="double.NaN"/>, unknown.</summary>
    public double OutputPrice { get; set; } = double.NaN;

    /// <summary>USD per million input tokens that the provider read from its cache, 0 or more. Default: unknown, and then charged as <see cref="InputPrice"/>.</summary>
    public double CachedInputPrice { get; set; } = double.NaN;

    /// <summary>
    /// USD per million input tokens that the provider writes to its cache, 0 or more. Default: unknown, and then a quarter more than <see cref="InputPrice"/>. A worst case
    /// counts the larger of the two, if this is set.
    /// </summary>
    public double CacheWritePrice { get; set; } = double.NaN;

    /// <summary>
    /// Input tokens above which a request has the long-context prices, for all of its tokens, 0 or more. Prices of cached input rise as much as that of input.
    /// Default: 0, the prices do not depend on the length.
    /// </summary>
    public int LongContextFrom { get; set; }

    /// <summary>USD per million input tokens of a request above <see cref="LongContextFrom"/>, 0 or more. Default: unknown, and then charged as <see cref="InputPrice"/>.</summary>
    public double LongContextInputPrice { get; set; } = double.NaN;

    /// <summary>USD per million output tokens of a request above <see cref="LongContextFrom"/>, 0 or more. Default: unknown, and then charged as <see cref="OutputPrice"/>.</summary>
    public double LongContextOutputPrice { get; set; } = double.NaN;

    /// <summary>
    /// The share of all prices that a request in the provider's batch API costs, 0–1, for example 0.5. Default: unknown. For tools that read the catalog: PromptGen sends no
    /// batches.
    /// </summary>
    public double BatchPrice { get; set; } = double.NaN;

    /// <summary>Tokens that prompt and answer may take together, 0 or more. Default: 0, unknown.</summary>
    public int ContextWindow { get; set; }

    /// <summary>Tokens that one answer may take, 0 or more. Default: 0, unknown.</summary>
    public int MaxOutputTokens { get; set; }

    /// <summary>Requests that the provider accepts per minute, 0 or more. Default: 0, no limit. A request above it waits, or another model of the step is asked.</summary>
    public int RequestsPerMinute { get; set; }

    /// <summary>Tokens that the provider accepts per minute, 0 or more. Default: 0, no limit. A request above it waits, or another model of the step is asked.</summary>
    public int TokensPerMinute { get; set; }

    /// <summary>
    /// By what the built-in estimate of input tokens is multiplied for this model, above 0 and at most 10. The estimate is made for OpenAI's tokenizers
    /// (o200k); other families take more tokens for the same text: use 1.25 for Claude up to 4.6, 1.75 for later ones and 1.2 for Gemini. Default: 1.
    /// </summary>
    public double TokenFactor { get; set; } = 1;

    /// <summary>What the model can do. Default: structured output and tools.</summary>
    public ModelFeatures Features { get; set; } = ModelFeatures.StructuredOutput | ModelFeatures.Tools;

    /// <summary>
    /// Whether the model accepts a temperature, top-p and top-k. They are not sent to one that does not, because it would refuse the request. Default: false for a model with
    /// <see cref="ModelFeatures.Reasoning"/>, otherwise true.
    /// </summary>
    public bool AcceptsTemperature
    {
        get => _acceptsTemperature ?? (Features & ModelFeatures.Reasoning) == 0;
        set => _acceptsTemperature = value;
    }

    /// <summary>
    /// Which subset of JSON Schema the model's structured output takes. Default: by the provider's name regardless of case: <c>openai</c>, <c>azure…</c>,
    /// <c>anthropic</c>, <c>google</c>, <c>gemini</c> and <c>vertex…</c> have their own, all others take JSON Schema as it is.
    /// </summary>
    public SchemaDialect Dialect
    {
        get => _dialect ?? ModelDefaults.DialectOf(Provider);
        set => _dialect = value;
    }

    /// <summary>Whether data sent to the model stays in your infrastructure. Default: true for <see cref="PromptGen.Tier.SelfHosted"/>, otherwise false.</summary>
    public bool SelfHosted { get; set; } = tier == Tier.SelfHosted;

    /// <summary>Seconds that one attempt may take, 0 or more. Default: 0, which means the tier's: Fast 5, General 15, Deep 90, SelfHosted 30.</summary>
    public double TimeoutSeconds { get; set; }

    /// <summary>The day (<c>yyyy-MM-dd</c>) on which the provider stops serving the model.</summary>
    public string? Retires { get; set; }

    /// <summary>The id of the model to use after <see cref="Retires"/>.</summary>
    public string? ReplacedBy { get; set; }
}
