using OpenAI;

namespace PromptGen;

/// <summary>
/// How a provider that speaks OpenAI's protocol is reached. Where a container makes the runtime, the options of the provider's name are the start:
/// <c>services.Configure&lt;OpenAIProviderOptions&gt;("openai", configuration.GetSection("OpenAI"))</c>.
/// </summary>
public sealed class OpenAIProviderOptions
{
    /// <summary>The key. Default: null; then the container's <see cref="OpenAIClient"/> is used.</summary>
    public string? ApiKey { get; set; }

    /// <summary>The address up to and including the version, for example <c>https://api.openai.com/v1</c>. Default: the provider's own.</summary>
    public Uri? Endpoint { get; set; }

    /// <summary>The name of the client of <see cref="IHttpClientFactory"/> that sends the requests. Default: null, the SDK's own transport.</summary>
    public string? HttpClientName { get; set; }

    /// <summary>The key of a keyed <see cref="OpenAIClient"/> of the container, used in place of the other options. Default: null.</summary>
    public object? ClientKey { get; set; }

    /// <summary>
    /// Whether the provider stores the answers of pipelines with a journal (<c>store: true</c>, with a random id in <c>metadata</c>). Where a run was killed before it had an answer,
    /// the next one fetches it from <c>GET /chat/completions</c> instead of paying for it again. For providers that have stored completions, as OpenAI has, and for data that may be
    /// stored there. Default: false.
    /// </summary>
    public bool StoreAnswers { get; set; }
}
