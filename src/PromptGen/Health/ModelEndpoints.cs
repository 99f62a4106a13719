using System.Collections.Concurrent;
using System.Text;
using PromptGen.Catalog;
using PromptGen.Routing;

namespace PromptGen.Health;

/// <summary>
/// The catalog as the calls see it that start now. A reload of the configuration makes a new one; calls in flight keep theirs.
/// </summary>
internal sealed class ModelEndpoints(CatalogOverrides overrides, ModelConnections connections)
{
    private readonly ConcurrentDictionary<ModelInfo, ModelEndpoint> _endpoints = new();
    private readonly ConcurrentDictionary<string, ModelInfo> _byId = new(StringComparer.Ordinal);
    private readonly int _generation = connections.NextGeneration();

    public ModelEndpoint Find(ModelInfo declared) => _endpoints.TryGetValue(declared, out var endpoint) ? endpoint : Add(declared);

    /// <summary>A provider may answer with another model than the one asked; what it charges is that model's price.</summary>
    /// <param name="responseModelId">The model that says it answered; null = it did not say.</param>
    /// <param name="asked">The model that was asked: its price counts where nothing better is known.</param>
    /// <param name="prompt">Its models are looked at beside those seen so far.</param>
    public ModelInfo PricedAs(string? responseModelId, ModelInfo asked, PromptDefinition prompt) =>
        responseModelId is null || responseModelId == asked.Id ? asked
            : _byId.GetValueOrDefault(responseModelId) ?? Declared(responseModelId, prompt) ?? asked;

    /// <summary>Checks that every model of every prompt is served, and gets to know the models.</summary>
    /// <exception cref="PromptException">With <see cref="PromptErrorCode.Configuration"/>: one error for all that is missing.</exception>
    public void Require(IEnumerable<PromptDefinition> prompts)
    {
        var missing = new SortedDictionary<string, MissingProvider>(StringComparer.Ordinal);
        foreach (var prompt in prompts)
        {
            foreach (var declared in prompt.Models)
            {
                var endpoint = Find(declared);
                if (endpoint.Connection is null && !endpoint.Model.Disabled)
                {
                    if (!missing.TryGetValue(endpoint.Model.Provider, out var provider))
                    {
                        missing[endpoint.Model.Provider] = provider = new MissingProvider();
                    }

                    provider.Models.Add(endpoint.Model.Id);
                    provider.Prompts.Add(prompt.Name);
                }
            }
        }

        if (missing.Count > 0)
        {
            throw NotServed(missing);
        }
    }

    private ModelInfo? Declared(string id, PromptDefinition prompt)
    {
        foreach (var declared in prompt.Models)
        {
            if (Find(declared).Model is var model && model.Id == id)
            {
                return model;
            }
        }

        return null;
    }

    private ModelEndpoint Add(ModelInfo declared)
    {
        var model = overrides.Apply(declared);
        _byId.TryAdd(model.Id, model);
        var connection = connections.Find(model);
        connection?.Limit(model, _generation);
        return _endpoints.GetOrAdd(declared, new ModelEndpoint(declared, model, connection));
    }

    private static PromptException NotServed(SortedDictionary<string, MissingProvider> missing)
    {
        var message = new StringBuilder(missing.Count == 1 ? "A provider that prompts need is not registered." : $"{missing.Count} providers that prompts need are not registered.");
        foreach (var (name, provider) in missing)
        {
            message
                .Append(" Add ").Append(Preset(name)).Append("AddProvider(\"").Append(name).Append("\", modelId => …) for ")
                .AppendJoin(", ", provider.Models).Append(": needed by ").AppendJoin(", ", provider.Prompts).Append('.');
        }

        message.Append(" AddClient(modelId, client) serves a single model, and the configuration key PromptGen:Models:{id}:Disabled takes one out of use.");
        return new PromptException(PromptErrorCode.Configuration, message.ToString());
    }

    /// <summary>The method of a package that registers a provider of that name.</summary>
    private static string Preset(string provider) => provider.ToUpperInvariant() switch
    {
        "OPENAI" => "AddOpenAI(apiKey) of PromptGen.OpenAI, or ",
        "AZURE" or "AZUREOPENAI" or "AZURE-OPENAI" => "AddAzureOpenAI(endpoint, apiKey) of PromptGen.OpenAI, or ",
        "GEMINI" or "GOOGLE" => "AddGemini(apiKey) of PromptGen.OpenAI, or ",
        "DEEPSEEK" => "AddDeepSeek(apiKey) of PromptGen.OpenAI, or ",
        "MISTRAL" => "AddMistral(apiKey) of PromptGen.OpenAI, or ",
        "XAI" => "AddXai(apiKey) of PromptGen.OpenAI, or ",
        "OLLAMA" => "AddOllama() of PromptGen.OpenAI, or ",
        "VLLM" => "AddVllm(endpoint) of PromptGen.OpenAI, or ",
        "ANTHROPIC" => "AddAnthropic(apiKey) of PromptGen.Anthropic, or ",
        _ => "",
    };

    private sealed class MissingProvider
    {
        public SortedSet<string> Models { get; } = new(StringComparer.Ordinal);

        public SortedSet<string> Prompts { get; } = new(StringComparer.Ordinal);
    }
}
