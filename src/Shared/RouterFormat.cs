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

    /// <summary>How many bytes the weights are: two for each bucket.</summary>
    public const int WeightBytes = 2 << BucketBits;

    /// <summary>The names of the numbers of a text's shape, in their order.</summary>
    public static readonly string[] ShapeNames =
    [
        "length", "words", "digits", "digit-share", "uppers", "upper-share", "sign-share", "operators", "operator-share", "lines", "word-length",
        "beyond-ascii", "long-words", "first-line", "last-line", "length-squared", "blank", "question",
    ];

    /// <summary>What a line holds beside the space around it.</summary>
    public static string Trim(string line) => line.Trim('\r', ' ', '\t', '\uFEFF');
}
