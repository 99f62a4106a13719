using System.ClientModel;
using OpenAI;
using PromptGen.OpenAI;

namespace PromptGen;

/// <summary>Registers OpenAI, or a server that speaks its protocol, as a provider.</summary>
public static class OpenAIPromptRuntimeBuilderExtensions
{
    /// <summary>Registers OpenAI's chat completions for the models of a provider.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="apiKey">The key; servers that need none take any text that is not empty.</param>
    /// <param name="endpoint">The address up to and including <c>/v1</c>. Default: OpenAI's own.</param>
    /// <param name="provider">The provider's name in the catalog.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentException"><paramref name="apiKey"/> is empty.</exception>
    public static PromptRuntimeBuilder AddOpenAI(this PromptRuntimeBuilder builder, string apiKey, Uri? endpoint = null, string provider = "openai")
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(apiKey);
        return ProviderConnection.Add(builder, provider, CompatibleApi.OpenAI, endpoint, options => options.ApiKey = apiKey);
    }

    /// <summary>As the other overload, over a client of the SDK; an <c>AzureOpenAIClient</c> is one.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="client">The client; it stays the caller's. Its retries and time-out do not apply.</param>
    /// <param name="provider">The provider's name in the catalog.</param>
    /// <returns>The builder.</returns>
    public static PromptRuntimeBuilder AddOpenAI(this PromptRuntimeBuilder builder, OpenAIClient client, string provider = "openai") =>
        ProviderConnection.Add(builder, provider, CompatibleApi.OpenAI, client);

    /// <summary>As the other overload, with the SDK's credential and options.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="credential">The key.</param>
    /// <param name="options">The SDK's options. Its retries and time-out do not apply.</param>
    /// <param name="provider">The provider's name in the catalog.</param>
    /// <returns>The builder.</returns>
    public static PromptRuntimeBuilder AddOpenAI(this PromptRuntimeBuilder builder, ApiKeyCredential credential, OpenAIClientOptions options, string provider = "openai") =>
        ProviderConnection.Add(builder, provider, CompatibleApi.OpenAI, new OpenAIClient(credential, options));

    /// <summary>
    /// As the other overload, from options: those of the provider's name in the container (<c>IOptions</c>), then <paramref name="configure"/>. Without a key, the
    /// container's <see cref="OpenAIClient"/> is used.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Changes the options. Default: null.</param>
    /// <param name="provider">The provider's name in the catalog, and that of the options.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="PromptException">With <see cref="PromptErrorCode.Configuration"/>: there is no key and no client.</exception>
    public static PromptRuntimeBuilder AddOpenAI(this PromptRuntimeBuilder builder, Action<OpenAIProviderOptions>? configure = null, string provider = "openai") =>
        ProviderConnection.Add(builder, provider, CompatibleApi.OpenAI, null, configure);
}
