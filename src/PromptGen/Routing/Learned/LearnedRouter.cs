using System.Runtime.InteropServices;
using PromptGen.Routing;

namespace PromptGen;

/// <summary>
/// A router that was trained from labelled examples: from the text of a call and its task it returns how likely the answer of the first step is as good as that of the second.
/// Two logistic models, of the first step's answers and of the second step's, read hashed words, pairs of words, trigrams and the structure of the text; the difference of
/// their probabilities is calibrated by the method of Platt. Safe for use by several threads at once; a decision allocates nothing.
/// </summary>
public sealed class LearnedRouter
{
    private readonly RouterFile _file;

    private LearnedRouter(RouterFile file) => _file = file;

    /// <summary>The score from which the first step is good enough, from 0 to 1, as the file states it.</summary>
    public double Threshold => _file.Threshold;

    /// <summary>Reads the file of a router.</summary>
    /// <param name="utf8">The file's content.</param>
    /// <exception cref="FormatException">It is not the file of a router, or not of this version.</exception>
    public static LearnedRouter Parse(ReadOnlySpan<byte> utf8) => new(RouterFile.Parse(utf8));

    /// <summary>How likely the first step's answer is as good as the second step's.</summary>
    /// <param name="task">The task, such as the name of the prompt; null or one that the router was not trained with = the average of all.</param>
    /// <param name="texts">The texts of the call, in order. Null is as if it was not there.</param>
    /// <returns>From 0 to 1.</returns>
    public double Score(string? task, params ReadOnlySpan<string?> texts)
    {
        var scanner = new TextScanner<Sums>(new Sums(_file.Weights));
        foreach (var text in texts)
        {
            scanner.Read(text);
        }

        scanner.End();
        var (weak, strong) = _file.Bias;
        if (task is not null && _file.Tasks.TryGetValue(task, out var prior))
        {
            (weak, strong) = (weak + prior.Weak, strong + prior.Strong);
        }

        scanner.Sink.AddTo(ref weak, ref strong, _file.Scale);
        AddShape(scanner.Shape, ref weak, ref strong);
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
