namespace PromptGen;

/// <summary>Which dialect a provider's models take where none is declared.</summary>
internal static class SchemaDialects
{
    public const int Count = (int)SchemaDialect.Gemini + 1;

    public static SchemaDialect Of(string provider) => provider.ToUpperInvariant() switch
    {
        "OPENAI" => SchemaDialect.OpenAI,
        "ANTHROPIC" => SchemaDialect.Anthropic,
        "GOOGLE" or "GEMINI" => SchemaDialect.Gemini,
        var name when name.StartsWith("AZURE", StringComparison.Ordinal) => SchemaDialect.AzureOpenAI,
        var name when name.StartsWith("VERTEX", StringComparison.Ordinal) => SchemaDialect.Gemini,
        _ => SchemaDialect.Standard,
    };
}
