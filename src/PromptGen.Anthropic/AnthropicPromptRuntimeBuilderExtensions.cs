using Anthropic;
using Anthropic.Core;

namespace PromptGen;

/// <summary>Registers Anthropic as a provider.</summary>
public static class AnthropicPromptRuntimeBuilderExtensions
{
    /// <summary>Lets Anthropic's messages serve the models of a provider.</summary>
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

    // No redirects: .NET would send the key's header and the prompt on to wherever the answer points.
    private static HttpClient CreateHttpClient() =>
        new(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) }) { Timeout = Timeout.InfiniteTimeSpan };
}
