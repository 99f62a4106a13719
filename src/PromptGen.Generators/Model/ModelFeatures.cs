using System;

namespace PromptGen.Generators.Model;

/// <summary>The runtime's <c>PromptGen.ModelFeatures</c>, value for value.</summary>
[Flags]
internal enum ModelFeatures
{
    None = 0,
    StructuredOutput = 1,
    JsonMode = 2,
    Vision = 4,
    Audio = 8,
    Tools = 16,
    Reasoning = 32,
}
