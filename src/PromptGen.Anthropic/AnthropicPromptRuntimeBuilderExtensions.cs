using Anthropic;
using Anthropic.Core;
using PromptGen.Providers;

namespace PromptGen;

/// <summary>Registers Anthropic as a provider.</summary>
public static class AnthropicPromptRuntimeBuilderExtensions
{
    /// <summary>Registers Anthropic's messages for the models of a provider.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="apiKey">The key.</param>
    /// <param name="endpoint">The address without <c>/v1</c>. Default: Anthropic's own.</param>
    /// <param name="provider">The provider's name in the catalog.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentException"><paramref name="apiKey"/> is empty.</exception>
    public static PromptRuntimeBuilder AddAnthropic(this PromptRuntimeBuilder builder, string apiKey, Uri? endpoint = null, string provider = "anthropic")
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(apiKey);
        var options = new ClientOptions { ApiKey = apiKey, HttpClient = CreateHttpClient() };
        if (endpoint is not null)
        {
            options = options with { BaseUrl = endpoint.ToString() };
        }

        var client = new AnthropicClient(options);
        return builder.AddProvider(provider, modelId => client.AsPromptClient(modelId));
    }

    /// <summary>As the other overload, over a client of the SDK.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="client">The client; it stays the caller's. Its retries and time-out do not apply.</param>
    /// <param name="provider">The provider's name in the catalog.</param>
    /// <returns>The builder.</returns>
    public static PromptRuntimeBuilder AddAnthropic(this PromptRuntimeBuilder builder, IAnthropicClient client, string provider = "anthropic")
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(client);
        return builder.AddProvider(provider, modelId => client.AsPromptClient(modelId));
    }

    /// <summary>As the other overload, with the SDK's options, and a client of <see cref="IHttpClientFactory"/>.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="options">The SDK's options. Retries and time-out do not apply.</param>
    /// <param name="httpClientName">The name given to <c>AddHttpClient</c>. Default: null, the options' own client.</param>
    /// <param name="provider">The provider's name in the catalog.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="PromptException">With <see cref="PromptErrorCode.Configuration"/>: no container makes the runtime, or it has no <see cref="IHttpClientFactory"/>.</exception>
    public static PromptRuntimeBuilder AddAnthropic(this PromptRuntimeBuilder builder, ClientOptions options, string? httpClientName = null, string provider = "anthropic")
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.AddAnthropic(
            new AnthropicClient(httpClientName is null ? options : options with { HttpClient = NamedHttpClient.Create(builder.Services, httpClientName) }), provider);
    }

    // No redirects: .NET would send the key's header and the prompt on to wherever the answer points.
    private static HttpClient CreateHttpClient() =>
        new(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) }) { Timeout = Timeout.InfiniteTimeSpan };
}
