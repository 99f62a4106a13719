using System.Diagnostics;
using Microsoft.Extensions.AI;
using PromptGen.Catalog;

namespace PromptGen.Telemetry;

/// <summary>What telemetry says of a model and who serves it: the client is asked once, when it is made.</summary>
internal sealed class ClientProfile
{
    public ClientProfile(ModelInfo model, IChatClient client)
    {
        ModelId = model.Id;
        SpanName = "chat " + model.Id;
        Provider = WellKnown(model.Provider);
        IsTraced = client.TryGetService<ActivitySource>() is not null;
        if (client.TryGetService<ChatClientMetadata>() is { ProviderUri: { IsAbsoluteUri: true } address })
        {
            ServerAddress = address.Host;
            ServerPort = address.Port;
        }

        Tags = CreateTags();
    }

    public string ModelId { get; }

    public string SpanName { get; }

    public string Provider { get; }

    /// <summary>Whether the client traces its requests itself; a second span and a second count of its tokens would be wrong.</summary>
    public bool IsTraced { get; }

    public string? ServerAddress { get; }

    public int ServerPort { get; }

    /// <summary>The attributes that samplers get to see, and that all measurements of the conventions have in common.</summary>
    public KeyValuePair<string, object?>[] Tags { get; }

    /// <summary>The conventions' name of a provider where they have one; otherwise the catalog's.</summary>
    private static string WellKnown(string provider) => provider.ToLowerInvariant() switch
    {
        "azure" or "azure-openai" or "azureopenai" or "azure_openai" => "azure.ai.openai",
        "azure-ai" or "azure-inference" => "azure.ai.inference",
        "bedrock" or "aws" or "aws-bedrock" => "aws.bedrock",
        "gemini" or "google" => "gcp.gemini",
        "vertex" or "vertexai" or "vertex-ai" => "gcp.vertex_ai",
        "mistral" or "mistralai" => "mistral_ai",
        "xai" or "x-ai" or "grok" => "x_ai",
        "watsonx" => "ibm.watsonx.ai",
        "openai" => "openai",
        "anthropic" => "anthropic",
        _ => provider,
    };

    private KeyValuePair<string, object?>[] CreateTags()
    {
        KeyValuePair<string, object?>[] tags =
        [
            new("gen_ai.operation.name", "chat"),
            new("gen_ai.provider.name", Provider),
            new("gen_ai.request.model", ModelId),
        ];
        return ServerAddress is null ? tags : [.. tags, new("server.address", ServerAddress), new("server.port", ServerPort)];
    }
}
