namespace PromptGen.Evaluation;

/// <summary>
/// The columns of an embedding: its distance from the mean of all examples, scaled so that this distance is 1 on average. Models of embeddings have directions that all their texts
/// share, and the ridge would take these for features. The file holds weights of the embedding itself: mean and scale are part of the weights and of the bias.
/// </summary>
internal sealed class EmbeddingColumns
{
    private readonly EmbeddedTexts _texts;
    private readonly double[] _mean;
    private readonly double _scale;

    public EmbeddingColumns(EmbeddedTexts texts)
    {
        _texts = texts;
        _mean = new double[texts.Dimensions];
        foreach (var vector in texts.Vectors)
        {
            for (var i = 0; i < _mean.Length; i++)
            {
                _mean[i] += vector[i] / (double)texts.Vectors.Length;
            }
        }

        var spread = texts.Vectors.Average(vector => vector.Select((number, i) => (number - _mean[i]) * (number - _mean[i])).Sum());
        _scale = spread > 1e-12 ? 1 / Math.Sqrt(spread) : 0;
    }

    public string Model => _texts.Model;

    public int Count => _mean.Length;

    public IEnumerable<double> Row(int example) => _texts.Vectors[example].Select((number, i) => (number - _mean[i]) * _scale);

    /// <summary>The weight of a number of the embedding.</summary>
    public double Weight(LogisticHead head, int index) => head.Weights[index] * _scale;

    /// <summary>The bias of a head where the embedding is not taken from its mean.</summary>
    public double Bias(LogisticHead head) => head.Bias - _mean.Select((mean, i) => mean * Weight(head, i)).Sum();
}
