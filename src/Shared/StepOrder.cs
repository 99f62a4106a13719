#if PROMPTGEN_COMPILER
namespace PromptGen.Generators.Model;
#else
namespace PromptGen;
#endif

/// <summary>In which order the models of one step are asked. Whatever the order, an unavailable model is followed by one of another provider first.</summary>
public enum StepOrder
{
    /// <summary>The order of the catalog.</summary>
    Catalog,

    /// <summary>By price at the time of the call, configuration included: input price plus output price, the lowest first. Models without a price come last.</summary>
    Cheapest,

    /// <summary>
    /// By measured time: a mean of the times that the model's latest successful requests of this runtime took, in which a request counts half after one minute. A model
    /// that was not asked in the last five minutes comes first, so that one call measures it. Of streams the time to the first item counts.
    /// </summary>
    Fastest,

    /// <summary>By requests of this runtime that are in flight, the fewest first.</summary>
    Balanced,
}
