#if PROMPTGEN_COMPILER
namespace PromptGen.Generators.Model;
#else
namespace PromptGen;
#endif

/// <summary>The tokens that a request takes beside its own and those of the delivered items, where it continues a stream; build and run time both count them.</summary>
internal static class ContinuationTokens
{
    /// <summary>The tokens of the words that ask for the rest.</summary>
    public const int Instruction = 120;
}
