#if PROMPTGEN_COMPILER
namespace PromptGen.Generators.Model;
#else
namespace PromptGen;
#endif

/// <summary>
/// The most tokens that one model takes in one step of a call: it answers, is asked again as often as repairs are allowed, and each answer is as long as its limit. A repair
/// sends the rejected answer back.
/// </summary>
internal static class WorstCaseTokens
{
    /// <summary>The tokens of the words that ask for an answer by the schema.</summary>
    private const int SchemaInstruction = 20;

    /// <summary>The input tokens of all its requests.</summary>
    /// <param name="request">The input tokens of the first request.</param>
    /// <param name="repairs">How often the model is asked again.</param>
    /// <param name="limit">The output limit of one request.</param>
    public static long Input(long request, int repairs, long limit) => ((1L + repairs) * request) + (repairs * limit);

    /// <summary>The output tokens of all its requests.</summary>
    /// <param name="repairs">How often the model is asked again.</param>
    /// <param name="limit">The output limit of one request.</param>
    public static long Output(int repairs, long limit) => (1L + repairs) * limit;

    /// <summary>The tokens that a schema takes in a request, estimated on the high side: JSON comes to about three characters per token.</summary>
    /// <param name="characters">The length of the schema; 0 = the answer is text.</param>
    /// <param name="isStructured">Whether the request has it as its response format.</param>
    /// <param name="isWritten">Whether the template writes it into the text.</param>
    public static int Schema(int characters, bool isStructured, bool isWritten) =>
        characters == 0 || (isWritten && !isStructured) ? 0 : ((characters + 2) / 3) + (isStructured ? 0 : SchemaInstruction);
}
