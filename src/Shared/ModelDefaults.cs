#if PROMPTGEN_COMPILER
using System;

namespace PromptGen.Generators.Model;
#else
namespace PromptGen;
#endif

/// <summary>What holds for a model where its catalog does not say.</summary>
internal static class ModelDefaults
{
    /// <summary>How many values <see cref="SchemaDialect"/> has.</summary>
    public const int DialectCount = (int)SchemaDialect.Gemini + 1;

    /// <summary>The largest factor for the estimate of a model's tokens: beyond it, a number is a mistake.</summary>
    public const double MaxTokenFactor = 10;

    /// <summary>The highest price, in USD per million tokens: beyond it, a number is a mistake.</summary>
    public const int MaxPrice = 1_000_000;

    /// <summary>The longest time-out of an attempt, in seconds.</summary>
    public const double MaxTimeoutSeconds = 86_400;

    /// <summary>How many times as high a long-context price can be as the one below it: beyond it, a number is a mistake.</summary>
    public const int MaxLongContextStep = 1_000;

    /// <summary>The attempt time-out of a tier's models, in seconds.</summary>
    public static double TimeoutSeconds(Tier tier) => tier switch
    {
        Tier.Fast => 5,
        Tier.General => 15,
        Tier.Deep => 90,
        _ => 30,
    };

    /// <summary>The dialect of a provider's models.</summary>
    public static SchemaDialect DialectOf(string provider) => provider.ToUpperInvariant() switch
    {
        "OPENAI" => SchemaDialect.OpenAI,
        "ANTHROPIC" => SchemaDialect.Anthropic,
        "GOOGLE" or "GEMINI" => SchemaDialect.Gemini,
        var name when name.StartsWith("AZURE", StringComparison.Ordinal) => SchemaDialect.AzureOpenAI,
        var name when name.StartsWith("VERTEX", StringComparison.Ordinal) => SchemaDialect.Gemini,
        _ => SchemaDialect.Standard,
    };

    /// <summary>
    /// The output limit of a request in tokens: the smaller of the prompt's and the model's; null = neither is known. A request carries it wherever it
    /// is known, since a provider's own default can be so low that it cuts answers off.
    /// </summary>
    public static int? OutputLimit(int? ofPrompt, int? ofModel) =>
        ofPrompt is { } limit && ofModel is { } most ? Math.Min(limit, most) : ofPrompt ?? ofModel;
}
