using System.ComponentModel;
using System.Text;

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

    /// <summary>An embedding has no more numbers than these 16,384.</summary>
    public const int MaxDimensions = RouterFormat.MaxDimensions;

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

    /// <summary>
    /// What a router reads whose features are embeddings: the texts of a call with a line break between two of them, as far as <see cref="MaxLength"/>, so that a long text is no longer
    /// than models of embeddings take. A text without any character other than space has no embedding, which counts as one whose numbers are all 0.
    /// </summary>
    /// <param name="texts">The texts of the call, in order. Null is as if it was not there.</param>
    /// <returns>The text to embed; empty where there is none.</returns>
    public static string ToEmbed(params ReadOnlySpan<string?> texts)
    {
        var text = texts.Length == 1 ? texts[0] ?? "" : Join(texts);
        text = text.Length <= MaxLength ? text : text[..(char.IsHighSurrogate(text[MaxLength - 1]) ? MaxLength - 1 : MaxLength)];
        return string.IsNullOrWhiteSpace(text) ? "" : text;
    }

    /// <summary>The factor that brings an embedding to length 1: what models give is not always that long.</summary>
    /// <param name="embedding">The embedding.</param>
    /// <returns>0 where all its numbers are.</returns>
    public static double UnitScale(ReadOnlySpan<float> embedding)
    {
        var sum = 0.0;
        foreach (var number in embedding)
        {
            sum += (double)number * number;
        }

        return sum == 0 ? 0 : 1 / Math.Sqrt(sum);
    }

    /// <summary>The distance of a number from its mean in standard deviations, at most 4 in either direction: the shape of a text unlike all examples must not count for more than its words.</summary>
    /// <param name="number">The number.</param>
    /// <param name="mean">The mean of the examples.</param>
    /// <param name="deviation">Their standard deviation; 0 = all were the same, so that the number has no effect.</param>
    public static double Normalize(double number, double mean, double deviation) => deviation > 0 ? Math.Clamp((number - mean) / deviation, -4, 4) : 0;

    private static string Join(ReadOnlySpan<string?> texts)
    {
        var joined = new StringBuilder();
        foreach (var text in texts)
        {
            joined.Append(joined.Length > 0 && text is not null ? "\n" : "").Append(text);
        }

        return joined.ToString();
    }

    private readonly record struct Lists(List<int> Words, List<int> Pairs, List<int> Trigrams) : IFeatureSink
    {
        public void Word(int bucket) => Words.Add(bucket);

        public void Pair(int bucket) => Pairs.Add(bucket);

        public void Trigram(int bucket) => Trigrams.Add(bucket);
    }
}
