using PromptGen.Catalog;

namespace PromptGen.Routing;

/// <summary>One step of a route: a tier or a named model. A rejected answer leads to the next step.</summary>
/// <param name="tier">The tier of the step.</param>
/// <param name="models">The models of the step as declared, in the order in which they are tried.</param>
/// <param name="fallbacks">Models that stand in where all of <paramref name="models"/> are unavailable.</param>
public sealed class PromptStep(Tier tier, ModelInfo[] models, params ModelInfo[] fallbacks)
{
    /// <summary>The tier of the step.</summary>
    public Tier Tier { get; } = tier;

    /// <summary>The models of the step as declared, in the order in which they are tried.</summary>
    public IReadOnlyList<ModelInfo> Models { get; } = models;

    /// <summary>Models that stand in where all of <see cref="Models"/> are unavailable.</summary>
    public IReadOnlyList<ModelInfo> Fallbacks { get; } = fallbacks;
}
