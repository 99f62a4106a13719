#if PROMPTGEN_COMPILER
namespace PromptGen.Generators.Model;
#else
using System.Text.Json.Serialization;

namespace PromptGen;
#endif

/// <summary>
/// A hint of how strong, slow and expensive a model is. The first three are a ladder that escalation climbs;
/// <see cref="SelfHosted"/> is separate from it.
/// </summary>
#if !PROMPTGEN_COMPILER
[JsonConverter(typeof(JsonStringEnumConverter<Tier>))]
#endif
public enum Tier
{
    /// <summary>Classification and extraction; answers in well under a second. Attempt time-out 5 s unless the model says otherwise.</summary>
    Fast,

    /// <summary>Most work; answers in 1–5 s. Attempt time-out 15 s unless the model says otherwise.</summary>
    General,

    /// <summary>Hard problems; answers in 10–60 s. Attempt time-out 90 s unless the model says otherwise.</summary>
    Deep,

    /// <summary>Runs where data may not leave. Attempt time-out 30 s unless the model says otherwise.</summary>
    SelfHosted,
}
