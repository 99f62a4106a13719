using PromptGen.OpenAI;

namespace PromptGen;

/// <summary>Registers providers that speak OpenAI's protocol with differences of their own.</summary>
public static class CompatiblePromptRuntimeBuilderExtensions
{
    /// <summary>Lets Azure OpenAI serve the models of a provider, through its <c>v1</c> API. A model id is the name of a deployment.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="endpoint">The resource, for example <c>https://acme.openai.azure.com</c>; <c>/openai/v1</c> is added where the address has no path.</param>
    /// <param name="apiKey">The key. For Entra ID, give an <c>AzureOpenAIClient</c> to <c>AddOpenAI</c>.</param>
    /// <param name="provider">The provider's name in the catalog.</param>
    /// <param name="configure">Changes the options, for example the HTTP client. Default: null.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentException"><paramref name="apiKey"/> is empty.</exception>
    public static PromptRuntimeBuilder AddAzureOpenAI(
        this PromptRuntimeBuilder builder, Uri endpoint, string apiKey, string provider = "azure", Action<OpenAIProviderOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        var address = endpoint.AbsolutePath == "/" ? new Uri(endpoint, "openai/v1") : endpoint;
        return AddWithKey(builder, provider, CompatibleApi.AzureOpenAI, address, apiKey, configure);
    }

    /// <summary>Lets Google's Gemini API serve the models of a provider, through its OpenAI-compatible endpoint. Thinking is counted as output.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="apiKey">The key.</param>
    /// <param name="endpoint">The address. Default: <c>https://generativelanguage.googleapis.com/v1beta/openai</c>.</param>
    /// <param name="provider">The provider's name in the catalog.</param>
    /// <param name="configure">Changes the options, for example the HTTP client. Default: null.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentException"><paramref name="apiKey"/> is empty.</exception>
    public static PromptRuntimeBuilder AddGemini(
        this PromptRuntimeBuilder builder, string apiKey, Uri? endpoint = null, string provider = "gemini", Action<OpenAIProviderOptions>? configure = null)
    {
        return AddWithKey(builder, provider, CompatibleApi.Gemini, endpoint ?? new Uri("https://generativelanguage.googleapis.com/v1beta/openai"), apiKey, configure);
    }

    /// <summary>Lets DeepSeek serve the models of a provider. It has no structured output: JSON mode is asked for, and the schema goes into the last user message.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="apiKey">The key.</param>
    /// <param name="endpoint">The address. Default: <c>https://api.deepseek.com/v1</c>.</param>
    /// <param name="provider">The provider's name in the catalog.</param>
    /// <param name="configure">Changes the options, for example the HTTP client. Default: null.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentException"><paramref name="apiKey"/> is empty.</exception>
    public static PromptRuntimeBuilder AddDeepSeek(
        this PromptRuntimeBuilder builder, string apiKey, Uri? endpoint = null, string provider = "deepseek", Action<OpenAIProviderOptions>? configure = null)
    {
        return AddWithKey(builder, provider, CompatibleApi.DeepSeek, endpoint ?? new Uri("https://api.deepseek.com/v1"), apiKey, configure);
    }

    /// <summary>Lets Mistral serve the models of a provider.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="apiKey">The key.</param>
    /// <param name="endpoint">The address. Default: <c>https://api.mistral.ai/v1</c>.</param>
    /// <param name="provider">The provider's name in the catalog.</param>
    /// <param name="configure">Changes the options, for example the HTTP client. Default: null.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentException"><paramref name="apiKey"/> is empty.</exception>
    public static PromptRuntimeBuilder AddMistral(
        this PromptRuntimeBuilder builder, string apiKey, Uri? endpoint = null, string provider = "mistral", Action<OpenAIProviderOptions>? configure = null)
    {
        return AddWithKey(builder, provider, CompatibleApi.Mistral, endpoint ?? new Uri("https://api.mistral.ai/v1"), apiKey, configure);
    }

    /// <summary>Lets xAI serve the models of a provider. Reasoning is counted as output.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="apiKey">The key.</param>
    /// <param name="endpoint">The address. Default: <c>https://api.x.ai/v1</c>.</param>
    /// <param name="provider">The provider's name in the catalog.</param>
    /// <param name="configure">Changes the options, for example the HTTP client. Default: null.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentException"><paramref name="apiKey"/> is empty.</exception>
    public static PromptRuntimeBuilder AddXai(
        this PromptRuntimeBuilder builder, string apiKey, Uri? endpoint = null, string provider = "xai", Action<OpenAIProviderOptions>? configure = null)
    {
        return AddWithKey(builder, provider, CompatibleApi.Xai, endpoint ?? new Uri("https://api.x.ai/v1"), apiKey, configure);
    }

    /// <summary>Lets an Ollama server serve the models of a provider.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="endpoint">The address. Default: <c>http://localhost:11434/v1</c>.</param>
    /// <param name="provider">The provider's name in the catalog.</param>
    /// <param name="configure">Changes the options, for example the HTTP client. Default: null.</param>
    /// <returns>The builder.</returns>
    public static PromptRuntimeBuilder AddOllama(
        this PromptRuntimeBuilder builder, Uri? endpoint = null, string provider = "ollama", Action<OpenAIProviderOptions>? configure = null)
    {
        return ProviderConnection.Add(builder, provider, CompatibleApi.Ollama, endpoint ?? new Uri("http://localhost:11434/v1"), configure, "none");
    }

    /// <summary>Lets a vLLM server serve the models of a provider.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="endpoint">The address. Default: <c>http://localhost:8000/v1</c>.</param>
    /// <param name="provider">The provider's name in the catalog.</param>
    /// <param name="configure">Changes the options, for example the HTTP client. Default: null.</param>
    /// <returns>The builder.</returns>
    public static PromptRuntimeBuilder AddVllm(
        this PromptRuntimeBuilder builder, Uri? endpoint = null, string provider = "vllm", Action<OpenAIProviderOptions>? configure = null)
    {
        return ProviderConnection.Add(builder, provider, CompatibleApi.Vllm, endpoint ?? new Uri("http://localhost:8000/v1"), configure, "none");
    }

    private static PromptRuntimeBuilder AddWithKey(
        PromptRuntimeBuilder builder, string provider, CompatibleApi api, Uri endpoint, string apiKey, Action<OpenAIProviderOptions>? configure)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(apiKey);
        return ProviderConnection.Add(builder, provider, api, endpoint, options =>
        {
            options.ApiKey = apiKey;
            configure?.Invoke(options);
        });
    }
}
