using System.ClientModel;
using System.ClientModel.Primitives;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OpenAI;
using PromptGen.Providers;

namespace PromptGen.OpenAI;

/// <summary>Makes the SDK's client of a provider from its options, and registers it.</summary>
internal static class ProviderConnection
{
    public static PromptRuntimeBuilder Add(PromptRuntimeBuilder builder, string provider, CompatibleApi api, Uri? endpoint, Action<OpenAIProviderOptions>? configure, string? keyOfNone = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(provider);
        var options = new OpenAIProviderOptions();
        if (builder.Services?.GetService<IOptionsMonitor<OpenAIProviderOptions>>() is { } monitor)
        {
            var named = monitor.Get(provider);
            options = new OpenAIProviderOptions { ApiKey = named.ApiKey, Endpoint = named.Endpoint, HttpClientName = named.HttpClientName, ClientKey = named.ClientKey, StoreAnswers = named.StoreAnswers };
        }

        configure?.Invoke(options);
        options.Endpoint ??= endpoint;
        var registered = Registered(builder, provider, options, keyOfNone);
        return Add(builder, provider, api, registered ?? Connect(builder, options, keyOfNone), options.StoreAnswers, sendsOnce: registered is null);
    }

    public static PromptRuntimeBuilder Add(PromptRuntimeBuilder builder, string provider, CompatibleApi api, OpenAIClient client, bool storesAnswers = false, bool sendsOnce = false)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(client);
        return builder.AddProvider(provider, modelId => new OpenAIChatClient(client.GetChatClient(modelId), api, storesAnswers, sendsOnce));
    }

    /// <summary>The client that the container has; null = one is to be made.</summary>
    private static OpenAIClient? Registered(PromptRuntimeBuilder builder, string provider, OpenAIProviderOptions options, string? keyOfNone)
    {
        if (options.ClientKey is { } key)
        {
            return (builder.Services as IKeyedServiceProvider)?.GetKeyedService(typeof(OpenAIClient), key) as OpenAIClient
                ?? throw Missing(provider, $"the container has no OpenAIClient with the key '{key}'");
        }

        if (options.ApiKey is null && keyOfNone is null)
        {
            return builder.Services?.GetService<OpenAIClient>()
                ?? throw Missing(provider, "it has no key: give one, set OpenAIProviderOptions.ApiKey, or register an OpenAIClient in the container");
        }

        return null;
    }

    private static OpenAIClient Connect(PromptRuntimeBuilder builder, OpenAIProviderOptions options, string? keyOfNone)
    {
        var clientOptions = new OpenAIClientOptions { RetryPolicy = SingleAttemptPolicy.Instance };
        if (options.Endpoint is { } endpoint)
        {
            clientOptions.Endpoint = endpoint;
        }

        if (options.HttpClientName is { } name)
        {
            clientOptions.Transport = new HttpClientPipelineTransport(NamedHttpClient.Create(builder.Services, name));
        }

        return new OpenAIClient(new ApiKeyCredential(options.ApiKey ?? keyOfNone!), clientOptions);
    }

    private static PromptException Missing(string provider, string problem) => new(PromptErrorCode.Configuration, $"Provider '{provider}' cannot be reached: {problem}.");
}
