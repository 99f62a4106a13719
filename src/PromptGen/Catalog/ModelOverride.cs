namespace PromptGen.Catalog;

/// <summary>What configuration says about one model. Null = as declared.</summary>
internal sealed class ModelOverride
{
    public bool? Disabled { get; set; }

    public string? Id { get; set; }

    public string? Provider { get; set; }

    public decimal? InputPrice { get; set; }

    public decimal? OutputPrice { get; set; }

    public decimal? CachedInputPrice { get; set; }

    public decimal? CacheWritePrice { get; set; }

    public int? LongContextFrom { get; set; }

    public decimal? LongContextInputPrice { get; set; }

    public decimal? LongContextOutputPrice { get; set; }

    public decimal? BatchPrice { get; set; }

    public int? RequestsPerMinute { get; set; }

    public int? TokensPerMinute { get; set; }

    public double? TokenFactor { get; set; }

    public bool? AcceptsTemperature { get; set; }

    public TimeSpan? Timeout { get; set; }

    public bool? SelfHosted { get; set; }

    public SchemaDialect? Dialect { get; set; }

    public ModelInfo Apply(ModelInfo declared) => new(Id ?? declared.Id, Provider ?? declared.Provider, declared.Tier)
    {
        InputPrice = InputPrice ?? declared.InputPrice,
        OutputPrice = OutputPrice ?? declared.OutputPrice,
        CachedInputPrice = CachedInputPrice ?? declared.CachedInputPrice,
        CacheWritePrice = CacheWritePrice ?? declared.CacheWritePrice,
        LongContextFrom = LongContextFrom ?? declared.LongContextFrom,
        LongContextInputPrice = LongContextInputPrice ?? declared.LongContextInputPrice,
        LongContextOutputPrice = LongContextOutputPrice ?? declared.LongContextOutputPrice,
        BatchPrice = BatchPrice ?? declared.BatchPrice,
        ContextWindow = declared.ContextWindow,
        MaxOutputTokens = declared.MaxOutputTokens,
        RequestsPerMinute = RequestsPerMinute ?? declared.RequestsPerMinute,
        TokensPerMinute = TokensPerMinute ?? declared.TokensPerMinute,
        TokenFactor = TokenFactor ?? declared.TokenFactor,
        Features = declared.Features,
        AcceptsTemperature = AcceptsTemperature ?? declared.AcceptsTemperature,
        Dialect = Dialect ?? (Provider is null || Provider == declared.Provider ? declared.Dialect : ModelDefaults.DialectOf(Provider)),
        // A model moved to another provider may be hosted elsewhere: configuration has to set SelfHosted if it is not.
        SelfHosted = SelfHosted ?? (declared.SelfHosted && (Provider is null || Provider == declared.Provider)),
        Timeout = Timeout ?? declared.Timeout,
        Disabled = Disabled ?? declared.Disabled,
    };
}
