namespace PromptGen.Testing;

/// <summary>Whose dialect of OpenAI's protocol a <see cref="ModelServer"/> speaks, by the path of a request: which members it rejects, how it counts and what its errors look like.</summary>
public enum ModelFamily
{
    /// <summary>OpenAI's own.</summary>
    OpenAI,

    /// <summary>Azure OpenAI's <c>v1</c> API.</summary>
    AzureOpenAI,

    /// <summary>Google's: rejects unknown members, wraps errors in a list, leaves thinking out of the completion tokens.</summary>
    Gemini,

    /// <summary>DeepSeek's: rejects schemas, counts cache hits in a member of its own.</summary>
    DeepSeek,

    /// <summary>Mistral's: rejects <c>max_completion_tokens</c>, <c>seed</c> and <c>stream_options</c> with 422, reports usage in every stream.</summary>
    Mistral,

    /// <summary>xAI's: an error is a text beside its code, and reasoning is counted apart.</summary>
    Xai,

    /// <summary>Ollama's.</summary>
    Ollama,

    /// <summary>vLLM's: an error without a wrapper.</summary>
    Vllm,
}
