using Microsoft.Extensions.AI;

namespace PromptGen.Routing;

/// <summary>Who makes the embeddings of a model.</summary>
/// <param name="Generator">Makes them.</param>
/// <param name="Options">How it is asked.</param>
internal sealed record EmbeddingSource(IEmbeddingGenerator<string, Embedding<float>> Generator, EmbeddingOptions Options);

/// <summary>The generators of embeddings of a runtime, by the id of their model.</summary>
/// <param name="sources">The generators.</param>
internal sealed class EmbeddingSources(IReadOnlyDictionary<string, EmbeddingSource> sources)
{
    /// <summary>The generator of a model; null = there is none.</summary>
    public EmbeddingSource? Find(string modelId) => sources.GetValueOrDefault(modelId);

    /// <summary>Checks that each prompt whose router reads embeddings has a generator that may see its texts.</summary>
    /// <exception cref="PromptException">With <see cref="PromptErrorCode.Configuration"/>.</exception>
    public void Require(IEnumerable<PromptDefinition> prompts)
    {
        foreach (var prompt in prompts)
        {
            if (prompt.EmbeddingModel is { } model && Problem(prompt, model) is { } problem)
            {
                throw new PromptException(PromptErrorCode.Configuration, problem);
            }
        }
    }

    private string? Problem(PromptDefinition prompt, string model) =>
        Find(model) is not { } source ? $"The router of {prompt.Name} reads embeddings by '{model}', and nothing makes them: add AddEmbeddings(\"{model}\", generator)."
        : prompt.SelfHostedOnly && !source.Options.SelfHosted
            ? $"The texts of {prompt.Name} may reach self-hosted models only, and its router reads embeddings by '{model}', whose generator is not known to be one: set SelfHosted = true in AddEmbeddings(\"{model}\", generator, options => …) where it is, or train a router that reads words."
        : null;
}
