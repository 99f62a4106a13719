#if PROMPTGEN_COMPILER
namespace PromptGen.Generators.Model;
#else
namespace PromptGen;
#endif

/// <summary>How long a <c>[Fallback]</c> method may take, in seconds.</summary>
internal static class SubstituteTime
{
    /// <summary>Where the attribute does not say.</summary>
    public const double Default = 5;

    /// <summary>The most that it may say: a day.</summary>
    public const double Most = 86_400;
}
