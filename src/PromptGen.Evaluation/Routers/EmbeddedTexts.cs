using Microsoft.Extensions.AI;
using PromptGen.Routing;

namespace PromptGen.Evaluation;

/// <summary>The embeddings of the examples of a training, each of length 1.</summary>
/// <param name="Model">The model that made them.</param>
/// <param name="Vectors">One for each example; all zeros where its text is blank.</param>
internal sealed record EmbeddedTexts(string Model, float[][] Vectors)
{
    /// <summary>Providers take some thousand texts in one request, but bound their tokens together.</summary>
    private const int Together = 64;

    public int Dimensions => Vectors[0].Length;

    /// <summary>Embeds each text once.</summary>
    /// <exception cref="ArgumentException">The model is not known, or its embeddings are of different length.</exception>
    public static async Task<EmbeddedTexts> MakeAsync(
        IReadOnlyList<RouterExample> examples, string? model, IEmbeddingGenerator<string, Embedding<float>> generator, CancellationToken cancellationToken)
    {
        model ??= generator.GetService<EmbeddingGeneratorMetadata>()?.DefaultModelId
            ?? throw new ArgumentException("The generator does not say which model it uses: set RouterTraining.EmbeddingModel.", nameof(generator));
        var vectors = new Dictionary<string, float[]>(StringComparer.Ordinal);
        foreach (var texts in examples.Select(static one => TextFeatures.ToEmbed(one.Input)).Where(static text => text.Length > 0).Distinct(StringComparer.Ordinal).Chunk(Together))
        {
            var made = await generator.GenerateAsync(texts, options: null, cancellationToken).ConfigureAwait(false);
            foreach (var (text, embedding) in texts.Zip(made))
            {
                vectors.Add(text, Unit(embedding.Vector.Span));
            }
        }

        var lengths = vectors.Values.Select(static vector => vector.Length).Distinct().ToArray();
        return lengths is [> 0 and <= TextFeatures.MaxDimensions]
            ? new EmbeddedTexts(model, [.. examples.Select(one => vectors.GetValueOrDefault(TextFeatures.ToEmbed(one.Input)) ?? new float[lengths[0]])])
            : throw new ArgumentException($"The embeddings by '{model}' do not have one length from 1 to {TextFeatures.MaxDimensions}.", nameof(generator));
    }

    private static float[] Unit(ReadOnlySpan<float> embedding)
    {
        var unit = TextFeatures.UnitScale(embedding);
        var vector = new float[embedding.Length];
        for (var i = 0; i < vector.Length; i++)
        {
            vector[i] = (float)(embedding[i] * unit);
        }

        return vector;
    }
}
