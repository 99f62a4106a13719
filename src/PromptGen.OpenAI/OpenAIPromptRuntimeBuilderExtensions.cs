using System.ClientModel;
using System.ClientModel.Primitives;
using OpenAI;

namespace PromptGen;

/// <summary>Registers OpenAI, or a server that speaks its protocol, as a provider.</summary>
public static class OpenAIPromptRuntimeBuilderExtensions
{
    /// <summary>Lets OpenAI's chat completions serve the models of a provider.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="apiKey">The key; servers that need none take any text that is not empty.</param>
    /// <param name="endpoint">The address up to and including <c>/v1</c>. Default: OpenAI's own.</param>
    /// <param name="provider">The provider's name in the catalog.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentException"><paramref name="apiKey"/> is empty.</exception>
    public static PromptRuntimeBuilder AddOpenAI(this PromptRuntimeBuilder builder, string apiKey, Uri? endpoint = null, string provider = "openai")
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(apiKey);
        var options = new OpenAIClientOptions { RetryPolicy = new ClientRetryPolicy(0) };
        if (endpoint is not null)
        {
            options.Endpoint = endpoint;
        }

        var client = new OpenAIClient(new ApiKeyCredential(apiKey), options);
        return builder.AddProvider(provider, modelId => client.GetChatClient(modelId).AsPromptClient());
    }
}
