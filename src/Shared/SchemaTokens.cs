#if PROMPTGEN_COMPILER
namespace PromptGen.Generators.Model;
#else
namespace PromptGen;
#endif

/// <summary>The tokens that a request takes beside the text of its template, as build and run time both count them.</summary>
internal static class SchemaTokens
{
    /// <summary>The tokens of the words that ask for an answer by the schema.</summary>
    private const int Instruction = 20;

    /// <summary>The tokens that a schema takes in a request, estimated on the high side: JSON comes to about three characters per token.</summary>
    /// <param name="characters">The length of the schema; 0 = the answer is text.</param>
    /// <param name="isStructured">Whether the request has it as its response format.</param>
    /// <param name="isWritten">Whether the template writes it into the text.</param>
    public static int Of(int characters, bool isStructured, bool isWritten) =>
        characters == 0 || (isWritten && !isStructured) ? 0 : ((characters + 2) / 3) + (isStructured ? 0 : Instruction);
}
