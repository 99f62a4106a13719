#if PROMPTGEN_COMPILER
namespace PromptGen.Generators.Model;
#else
namespace PromptGen;
#endif

/// <summary>What a prompt overlooks in an answer that is not strictly what its contract asks for. Each liberty taken is recorded in the attempt.</summary>
/// <remarks>
/// Whatever the tolerance: an answer that ends early is never completed, a required value never invented, one of several equally good readings never
/// picked, and a valid answer never altered. Every reading has to keep the contract in the end.
/// </remarks>
public enum Tolerance
{
    /// <summary>Nothing: the answer is the contract's JSON, white space around it aside.</summary>
    Exact,

    /// <summary>
    /// What can be read in one way and without a loss: fences, prose and thinking around the JSON; commas, comments, quotation marks, control characters,
    /// Python's constants; numbers as text, names in another case, one value for a list of one, members that the contract does not have.
    /// </summary>
    Lenient,

    /// <summary>
    /// Also what can be read in one way with a loss: 36.6 for an integer, <c>50%</c>, <c>$1,234.56</c>, <c>1/5</c>, the one number or name in a sentence,
    /// the last one of several members of the same name, an object that the model corrects an earlier one with, members that only their names distinguish.
    /// </summary>
    Salvage,
}
