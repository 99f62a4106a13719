using Microsoft.Extensions.AI;

namespace PromptGen.Evaluation.Tests.Routers;

/// <summary>Embeddings whose numbers say which concepts a text has, beside a direction that all texts share, as models of embeddings have.</summary>
/// <param name="model">The model that the generator states; null = it states none.</param>
internal sealed class ConceptEmbeddings(string? model = "concepts-1") : IEmbeddingGenerator<string, Embedding<float>>
{
    private static readonly string[] Hard = ["prove", "integral", "lawsuit", "diagnosis", "theorem", "surgery"];

    /// <summary>The texts that were asked for, in order.</summary>
    public List<string> Asked { get; } = [];

    /// <summary>How many texts a request had at most.</summary>
    public int Together { get; private set; }

    /// <summary>How many numbers an embedding has.</summary>
    public int Dimensions { get; init; } = 8;

    /// <summary>The length of the embeddings.</summary>
    public float Length { get; init; } = 1;

    public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        string[] texts = [.. values];
        Asked.AddRange(texts);
        Together = Math.Max(Together, texts.Length);
        return Task.FromResult(new GeneratedEmbeddings<Embedding<float>>(texts.Select(text => new Embedding<float>(Of(text)))));
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => serviceType == typeof(EmbeddingGeneratorMetadata) ? new EmbeddingGeneratorMetadata(defaultModelId: model) : null;

    public void Dispose()
    {
    }

    private float[] Of(string text)
    {
        var vector = new float[Dimensions];
        vector[0] = 0.9f * Length;
        vector[1] = (Hard.Any(word => text.Contains(word, StringComparison.OrdinalIgnoreCase)) ? 0.3f : -0.3f) * Length;
        vector[2 + (text.Length % (Dimensions - 2))] = 0.1f * Length;
        return vector;
    }
}
