using System.ComponentModel;

namespace PromptGen.Routing;

/// <summary>
/// The features of a text by which a learned router decides, listed for training. <see cref="LearnedRouter"/> reads the same ones, from the same scanner, without a list.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class TextFeatures
{
    internal const int BucketBits = RouterFormat.BucketBits;

    private TextFeatures(Lists lists, TextShape shape)
    {
        (Words, Pairs, Trigrams) = (lists.Words, lists.Pairs, lists.Trigrams);
        var numbers = new double[ShapeNames.Count];
        shape.WriteTo(numbers);
        Shape = numbers;
    }

    /// <summary>How many buckets words, pairs and trigrams are hashed into: 32,768.</summary>
    public const int Buckets = 1 << BucketBits;

    /// <summary>How many UTF-16 units of the texts of a call are looked at: the first 16,384. The length counts all.</summary>
    public const int MaxLength = 16_384;

    /// <summary>The names of the numbers in <see cref="Shape"/>.</summary>
    public static IReadOnlyList<string> ShapeNames => TextShape.Names;

    /// <summary>The bucket of each word, in order.</summary>
    public IReadOnlyList<int> Words { get; }

    /// <summary>The bucket of each pair of words, in order.</summary>
    public IReadOnlyList<int> Pairs { get; }

    /// <summary>The bucket of each three characters, in order.</summary>
    public IReadOnlyList<int> Trigrams { get; }

    /// <summary>Length and structure.</summary>
    public IReadOnlyList<double> Shape { get; }

    /// <summary>The features of a text.</summary>
    /// <param name="text">The text.</param>
    public static TextFeatures Of(string text)
    {
        var scanner = new TextScanner<Lists>(new Lists([], [], []));
        scanner.Read(text);
        scanner.End();
        return new TextFeatures(scanner.Sink, scanner.Shape);
    }

    /// <summary>The distance of a number from its mean in standard deviations, at most 4 in either direction: the shape of a text unlike all examples must not count for more than its words.</summary>
    /// <param name="number">The number.</param>
    /// <param name="mean">The mean of the examples.</param>
    /// <param name="deviation">Their standard deviation; 0 = all were the same, so that the number has no effect.</param>
    public static double Normalize(double number, double mean, double deviation) => deviation > 0 ? Math.Clamp((number - mean) / deviation, -4, 4) : 0;

    private readonly record struct Lists(List<int> Words, List<int> Pairs, List<int> Trigrams) : IFeatureSink
    {
        public void Word(int bucket) => Words.Add(bucket);

        public void Pair(int bucket) => Pairs.Add(bucket);

        public void Trigram(int bucket) => Trigrams.Add(bucket);
    }
}
