#if PROMPTGEN_COMPILER
namespace PromptGen.Generators.Model;
#else
namespace PromptGen.Routing;
#endif

/// <summary>What the file of a learned router must have, for the build, which checks it, and the runtime, which reads it.</summary>
internal static class RouterFormat
{
    public const string FirstLine = "promptgen router 1";

    /// <summary>Words, pairs of words and trigrams are hashed into two to the power of this many buckets.</summary>
    public const int BucketBits = 15;

    /// <summary>How many bytes the weights of words are: two for each bucket. Those of an embedding are two for each of its numbers.</summary>
    public const int WeightBytes = 2 << BucketBits;

    /// <summary>The fact that names the model of the embeddings; a router that reads words does not have it.</summary>
    public const string Embedding = "embedding";

    /// <summary>The fact that says how many numbers such an embedding has.</summary>
    public const string Dimensions = "dimensions";

    /// <summary>An embedding has no more numbers; the largest models have 4,096.</summary>
    public const int MaxDimensions = 16_384;

    /// <summary>The names of the numbers of a text's shape, in their order.</summary>
    public static readonly string[] ShapeNames =
    [
        "length", "words", "digits", "digit-share", "uppers", "upper-share", "sign-share", "operators", "operator-share", "lines", "word-length",
        "beyond-ascii", "long-words", "first-line", "last-line", "length-squared", "blank", "question",
    ];
}
