#if PROMPTGEN_COMPILER
using System;

namespace PromptGen.Generators.Model;
#else
namespace PromptGen;
#endif

/// <summary>What a model can do beyond plain text.</summary>
[Flags]
public enum ModelFeatures
{
    /// <summary>Plain text only: the schema goes into the prompt and the answer is checked on arrival.</summary>
    None = 0,

    /// <summary>Constrains its answer to a JSON Schema sent with the request.</summary>
    StructuredOutput = 1,

    /// <summary>Can be instructed to answer with some JSON object, without a schema.</summary>
    JsonMode = 2,

    /// <summary>Reads images.</summary>
    Vision = 4,

    /// <summary>Reads audio.</summary>
    Audio = 8,

    /// <summary>Calls tools.</summary>
    Tools = 16,

    /// <summary>Thinks before it answers; its output limit also pays for the thinking.</summary>
    Reasoning = 32,

    /// <summary>Gives the log-probability of each token of its answer where a request asks for it.</summary>
    LogProbabilities = 64,
}
