using System.ComponentModel;
using PromptGen.Catalog;

namespace PromptGen.Routing;

/// <summary>One step of a route: a tier or a named model. A rejected answer leads to the next step.</summary>
/// <param name="tier">The tier of the step.</param>
/// <param name="models">The models of the step as declared, in the order in which they are tried.</param>
/// <param name="fallbacks">Models to use where all of <paramref name="models"/> are unavailable.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class PromptStep(Tier tier, ModelInfo[] models, params ModelInfo[] fallbacks)
{
    private readonly ModelInfo[] _inOrder = fallbacks.Length == 0 ? models : [.. models, .. fallbacks];

    /// <summary>The tier of the step.</summary>
    public Tier Tier { get; } = tier;

    /// <summary>The models of the step as declared, in the order in which they are tried.</summary>
    public IReadOnlyList<ModelInfo> Models { get; } = models;

    /// <summary>Models to use where all of <see cref="Models"/> are unavailable.</summary>
    public IReadOnlyList<ModelInfo> Fallbacks { get; } = fallbacks;

    /// <summary>How often each of <see cref="Models"/> is asked where all of them vote; 0 = they are tried one after another until one answers.</summary>
    public int Samples { get; init; }

    /// <summary>The step that a rejected answer leads to; null = this is the last one.</summary>
    public PromptStep? Next { get; init; }

    /// <summary>How many models the step has, stand-ins included.</summary>
    internal int Count => _inOrder.Length;

    /// <summary>The models in the order in which they are tried, stand-ins last.</summary>
    internal ModelInfo this[int position] => _inOrder[position];

    /// <summary>The step after one whose answer was rejected; null where there is none that the ceiling allows.</summary>
    internal PromptStep? NextWithin(Tier? ceiling) => Next is { } next && !Tiers.Exceeds(next.Tier, ceiling) ? next : null;

    /// <summary>The models that are tried after the one at a position of this step, in order.</summary>
    internal IEnumerable<ModelInfo> ModelsBehind(int position)
    {
        for (var i = position + 1; i < Count; i++)
        {
            yield return this[i];
        }

        for (var step = Next; step is not null; step = step.Next)
        {
            for (var i = 0; i < step.Count; i++)
            {
                yield return step[i];
            }
        }
    }
}
