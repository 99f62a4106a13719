using System.ComponentModel;
using PromptGen.Catalog;

namespace PromptGen.Routing;

/// <summary>A candidate that takes the place of the first model of a route for a share of the calls. Written by the generator.</summary>
/// <param name="prompt">The prompt's name.</param>
/// <param name="percent">The declared share of the calls, 0–100.</param>
/// <param name="step">What these calls take in place of the first step: the candidate, behind it the models of that step.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class PromptCanary(string prompt, double percent, PromptStep step)
{
    /// <summary>The arm of a call that the candidate gets.</summary>
    internal const string Candidate = "canary";

    /// <summary>The arm of a call that the step's own models get.</summary>
    internal const string Control = "control";

    // Where a value falls is another place for each prompt and candidate, so that not always the same callers try what is new.
    private readonly ulong _salt = StableHash.Of($"{prompt}\n{step.Models[0].Id}");

    /// <summary>The declared share of the calls, 0–100.</summary>
    public double Percent { get; } = percent;

    /// <summary>What the candidate's calls take in place of the first step.</summary>
    public PromptStep Step { get; } = step;

    /// <summary>The candidate.</summary>
    public ModelInfo Model => Step.Models[0];

    /// <summary>What configuration calls it.</summary>
    internal string Key { get; } = $"{prompt}:{step.Models[0].Id}";

    /// <summary>Where a value falls among the calls: a percentage from 0 to below 100.</summary>
    internal double PointOf(ulong valueHash) => (StableHash.Mix(valueHash ^ _salt) >> 11) * (100d / (1UL << 53));
}
