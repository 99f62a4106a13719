#if PROMPTGEN_COMPILER
namespace PromptGen.Generators.Model;
#else
namespace PromptGen;
#endif

/// <summary>What happens to an answer that could not be judged: the judge failed, or there is no signal.</summary>
public enum WhenUnknown
{
    /// <summary>The answer is rejected.</summary>
    Reject,

    /// <summary>The answer is accepted.</summary>
    Accept,

    /// <summary>The call ends with an error of code <c>NotAccepted</c>.</summary>
    Throw,
}
