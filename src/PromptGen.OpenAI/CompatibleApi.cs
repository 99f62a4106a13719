namespace PromptGen.OpenAI;

/// <summary>How a server that speaks chat completions differs from OpenAI's own, as its documentation and its answers have it.</summary>
/// <param name="Provider">Its name in telemetry.</param>
internal sealed record CompatibleApi(string Provider)
{
    /// <summary>The member that limits the answer. Mistral rejects OpenAI's newer name with status 422.</summary>
    public string OutputLimit { get; init; } = "max_completion_tokens";

    /// <summary>The member with the seed; null = there is none, and some servers reject what they do not know.</summary>
    public string? Seed { get; init; } = "seed";

    /// <summary>Whether <c>response_format</c> takes a schema. Otherwise it asks for JSON, and the schema is in the last user message.</summary>
    public bool TakesSchema { get; init; } = true;

    /// <summary>Whether a stream has to be asked for its usage.</summary>
    public bool TakesStreamOptions { get; init; } = true;

    /// <summary>Whether <c>completion_tokens</c> leaves out reasoning, which <c>total_tokens</c> has and which is charged as output.</summary>
    public bool CountsReasoningApart { get; init; }

    public static CompatibleApi OpenAI { get; } = new("openai");

    public static CompatibleApi AzureOpenAI { get; } = new("azure.ai.openai");

    public static CompatibleApi Gemini { get; } = new("gcp.gemini") { OutputLimit = "max_tokens", Seed = null, CountsReasoningApart = true };

    public static CompatibleApi DeepSeek { get; } = new("deepseek") { OutputLimit = "max_tokens", Seed = null, TakesSchema = false };

    public static CompatibleApi Mistral { get; } = new("mistral_ai") { OutputLimit = "max_tokens", Seed = "random_seed", TakesStreamOptions = false };

    public static CompatibleApi Xai { get; } = new("x_ai") { CountsReasoningApart = true };

    public static CompatibleApi Ollama { get; } = new("ollama") { OutputLimit = "max_tokens" };

    public static CompatibleApi Vllm { get; } = new("vllm");
}
