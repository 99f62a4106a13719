using System.Runtime.InteropServices;
using Microsoft.Extensions.AI;
using PromptGen.Routing;

namespace PromptGen;

/// <summary>
/// A router that was trained from labelled examples: from the text of a call and its task it returns how likely the answer of the first step is as good as that of the second.
/// Two logistic models, of the first step's answers and of the second step's, read the structure of the text and either hashed words, pairs of words and trigrams, or the text's embedding; the
/// difference of their probabilities is calibrated by the method of Platt. Safe for use by several threads at once; a decision by words allocates nothing.
/// </summary>
public sealed class LearnedRouter
{
    private readonly RouterFile _file;

    private LearnedRouter(RouterFile file) => _file = file;

    /// <summary>The score from which the first step is good enough, from 0 to 1, as the file states it.</summary>
    public double Threshold => _file.Threshold;

    /// <summary>The model whose embeddings the router reads, as its training named it; null = it reads words.</summary>
    public string? EmbeddingModel => _file.EmbeddingModel;

    /// <summary>How many numbers such an embedding has; 0 = the router reads words.</summary>
    public int Dimensions => _file.Dimensions;

    /// <summary>Reads the file of a router.</summary>
    /// <param name="utf8">The file's content.</param>
    /// <exception cref="FormatException">It is not the file of a router, or not of this version.</exception>
    public static LearnedRouter Parse(ReadOnlySpan<byte> utf8) => new(RouterFile.Parse(utf8));

    /// <summary>How likely the first step's answer is as good as the second step's.</summary>
    /// <param name="task">The task, such as the name of the prompt; null or one that the router was not trained with = the average of all.</param>
    /// <param name="texts">The texts of the call, in order. Null is as if it was not there.</param>
    /// <returns>From 0 to 1.</returns>
    /// <exception cref="InvalidOperationException">The router reads embeddings: call <see cref="ScoreAsync"/>.</exception>
    public double Score(string? task, params ReadOnlySpan<string?> texts)
    {
        if (EmbeddingModel is not null)
        {
            throw new InvalidOperationException($"The router reads embeddings by '{EmbeddingModel}': call ScoreAsync with a generator of them.");
        }

        var scanner = Scan(new Sums(_file.Weights), texts);
        var (weak, strong) = Start(task);
        scanner.Sink.AddTo(ref weak, ref strong, _file.Scale);
        return Finish(scanner.Shape, weak, strong);
    }

    /// <summary>How likely the first step's answer is as good as the second step's, by the embedding of the texts where the router reads one.</summary>
    /// <param name="task">The task, such as the name of the prompt; null or one that the router was not trained with = the average of all.</param>
    /// <param name="embeddings">Makes the embedding, by the model that the router was trained with; it is not asked for a text of nothing but space, nor by a router that reads words.</param>
    /// <param name="texts">The texts of the call, in order. Null is as if it was not there.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    /// <returns>From 0 to 1.</returns>
    /// <exception cref="InvalidOperationException">The embedding is not as long as those of the training.</exception>
    public async ValueTask<double> ScoreAsync(
        string? task, IEmbeddingGenerator<string, Embedding<float>> embeddings, IReadOnlyList<string?> texts, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(embeddings);
        string?[] all = [.. texts];
        if (EmbeddingModel is null)
        {
            return Score(task, all);
        }

        var text = TextFeatures.ToEmbed(all);
        var embedding = text.Length == 0 ? default : await embeddings.GenerateVectorAsync(text, options: null, cancellationToken).ConfigureAwait(false);
        return embedding.Length == (text.Length == 0 ? 0 : Dimensions)
            ? ScoreEmbedded(task, embedding.Span, all)
            : throw new InvalidOperationException($"The embedding has {embedding.Length} numbers; the router was trained with {Dimensions} by '{EmbeddingModel}'.");
    }

    private double ScoreEmbedded(string? task, ReadOnlySpan<float> embedding, ReadOnlySpan<string?> texts)
    {
        var (weak, strong) = Start(task);
        var unit = TextFeatures.UnitScale(embedding);
        var (weakSum, strongSum) = (0.0, 0.0);
        for (var i = 0; i < embedding.Length; i++)
        {
            weakSum += _file.Weights[2 * i] * (double)embedding[i];
            strongSum += _file.Weights[(2 * i) + 1] * (double)embedding[i];
        }

        return Finish(Scan(default(NoWords), texts).Shape, weak + (weakSum * unit * _file.Scale.Weak), strong + (strongSum * unit * _file.Scale.Strong));
    }

    private static TextScanner<TSink> Scan<TSink>(TSink sink, ReadOnlySpan<string?> texts)
        where TSink : struct, IFeatureSink
    {
        var scanner = new TextScanner<TSink>(sink);
        foreach (var text in texts)
        {
            scanner.Read(text);
        }

        scanner.End();
        return scanner;
    }

    /// <summary>What is known before the text is read, in log-odds.</summary>
    private (double Weak, double Strong) Start(string? task)
    {
        var (weak, strong) = _file.Bias;
        return task is not null && _file.Tasks.TryGetValue(task, out var prior) ? (weak + prior.Weak, strong + prior.Strong) : (weak, strong);
    }

    private double Finish(in TextShape shape, double weak, double strong)
    {
        AddShape(shape, ref weak, ref strong);
        return 1 - Logistic((_file.Calibration.Slope * (Logistic(strong) - Logistic(weak))) + _file.Calibration.Offset);
    }

    private static double Logistic(double logit) => 1 / (1 + Math.Exp(-logit));

    private void AddShape(in TextShape shape, ref double weak, ref double strong)
    {
        Span<double> numbers = stackalloc double[TextShape.Names.Count];
        shape.WriteTo(numbers);
        for (var i = 0; i < numbers.Length; i++)
        {
            var part = _file.Shape[i];
            var deviation = TextFeatures.Normalize(numbers[i], part.Mean, part.Deviation);
            weak += part.Weak * deviation;
            strong += part.Strong * deviation;
        }
    }

    /// <summary>Only the structure of the text counts.</summary>
    private readonly struct NoWords : IFeatureSink
    {
        public void Word(int bucket)
        {
        }

        public void Pair(int bucket)
        {
        }

        public void Trigram(int bucket)
        {
        }
    }

    /// <summary>Adds the weights of features, each two bytes: those of the weak and of the strong model.</summary>
    private struct Sums(sbyte[] weights) : IFeatureSink
    {
        private Sum _words;
        private Sum _pairs;
        private Sum _trigrams;

        public void Word(int bucket) => _words.Add(weights, bucket);

        public void Pair(int bucket) => _pairs.Add(weights, bucket);

        public void Trigram(int bucket) => _trigrams.Add(weights, bucket);

        public readonly void AddTo(ref double weak, ref double strong, (double Weak, double Strong) scale)
        {
            _words.AddTo(ref weak, ref strong, scale);
            _pairs.AddTo(ref weak, ref strong, scale);
            _trigrams.AddTo(ref weak, ref strong, scale);
        }
    }

    /// <summary>The sum of the features of one kind, in whole numbers: the same on every machine.</summary>
    [StructLayout(LayoutKind.Auto)]
    private struct Sum
    {
        private int _weak;
        private int _strong;
        private int _count;

        public void Add(sbyte[] weights, int bucket)
        {
            _weak += weights[2 * bucket];
            _strong += weights[(2 * bucket) + 1];
            _count++;
        }

        public readonly void AddTo(ref double weak, ref double strong, (double Weak, double Strong) scale)
        {
            if (_count > 0)
            {
                var part = 1 / Math.Sqrt(_count);
                weak += _weak * scale.Weak * part;
                strong += _strong * scale.Strong * part;
            }
        }
    }
}
