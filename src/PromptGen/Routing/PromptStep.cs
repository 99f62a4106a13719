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

    /// <summary>How many models the step has, stand-ins included.</summary>
    internal int Count => Models.Count + Fallbacks.Count;

    /// <summary>The models in the order in which they are tried, stand-ins last.</summary>
    internal ModelInfo this[int position] => position < Models.Count ? Models[position] : Fallbacks[position - Models.Count];
}
