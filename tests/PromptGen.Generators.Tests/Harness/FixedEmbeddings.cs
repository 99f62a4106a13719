using Microsoft.Extensions.AI;

namespace PromptGen.Generators.Tests.Harness;

/// <summary>Embeddings of two numbers: of a text that ends with <c>easy</c> the first is 1, of others the second. Other endings are faults.</summary>
internal sealed class FixedEmbeddings : IEmbeddingGenerator<string, Embedding<float>>
{
    /// <summary>The texts that were asked for, in order.</summary>
    public List<string> Asked { get; } = [];

    public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        var text = values.Single();
        Asked.Add(text);
        if (Is("down"))
        {
            throw new HttpRequestException("down");
        }

        if (Is("slow"))
        {
            // Without an end, and deaf to its token.
            await new TaskCompletionSource().Task;
        }

        float[] vector = Is("odd") ? [1, 0, 0] : Is("easy") ? [1, 0] : [0, 1];
        return [new Embedding<float>(vector)];

        bool Is(string end) => text.EndsWith(end, StringComparison.Ordinal);
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }
}
