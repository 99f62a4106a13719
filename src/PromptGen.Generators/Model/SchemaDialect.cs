namespace PromptGen.Generators.Model;

/// <summary>The runtime's <c>PromptGen.SchemaDialect</c>, value for value.</summary>
internal enum SchemaDialect
{
    Standard,
    OpenAI,
    AzureOpenAI,
    Anthropic,
    Gemini,
}
