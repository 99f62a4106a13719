using System.ComponentModel;
using PromptGen.Catalog;
using PromptGen.Likelihoods;
using PromptGen.Routing;

namespace PromptGen.Ensembles;

/// <summary>The members of an ensemble and how their votes count.</summary>
/// <param name="step">The members, each once; leads to the first step of the route.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class PromptEnsemble(PromptStep step)
{
    private readonly int _models = step.Models.Count;

    /// <summary>How many votes an answer needs; null = more than half.</summary>
    public int? Quorum { get; init; }

    /// <summary>Whether all members are asked at once.</summary>
    public bool Eager { get; init; }

    /// <summary>Whether a judge selects the winner among the answers of all members.</summary>
    public bool IsJudged { get; init; }

    /// <summary>The weight of each member's vote, in the order of the members; null = 1 each.</summary>
    public IReadOnlyList<double>? Weights { get; init; }

    /// <summary>How often answers were right, by the agreement of their votes; null = that is not known.</summary>
    public PromptCalibration? Calibration { get; init; }

    internal PromptStep Step { get; } = step;

    /// <summary>How many votes there are.</summary>
    internal int Count { get; } = step.Models.Count * step.Samples;

    /// <summary>The place of a voter's model in <see cref="Step"/>: every model is asked once before one is asked again.</summary>
    internal int PlaceOf(int voter) => voter % _models;

    internal ModelInfo ModelOf(int voter) => Step[PlaceOf(voter)];

    /// <summary>The greatest weight that the vote of each voter can have.</summary>
    private double[] Most => field ??= [.. Enumerable.Range(0, Count).Select(voter => Weights?[PlaceOf(voter)] ?? 1)];

    /// <summary>An election without a vote.</summary>
    internal Election Open() => new(Most, Quorum, IsJudged);
}

/// <inheritdoc />
/// <typeparam name="T">The output type of the prompt.</typeparam>
/// <param name="step">The members, each once; leads to the first step of the route.</param>
/// <param name="choice">Writes the voted part of an answer, equal values in the same way.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class PromptEnsemble<T>(PromptStep step, Action<ChoiceWriter, T> choice) : PromptEnsemble(step)
{
    /// <summary>The weight of the vote for an answer, at most 1; null = that of <see cref="PromptEnsemble.Weights"/>.</summary>
    public Func<T, double>? Confidence { get; init; }

    /// <param name="value">The answer.</param>
    /// <param name="known">What another answer votes for; null = there is no other.</param>
    /// <returns>What the answer votes for: <paramref name="known"/> where that is equal.</returns>
    internal string ChoiceOf(T value, string? known)
    {
        var writer = ChoiceWriter.Rent();
        choice(writer, value);
        return writer.Finish(known);
    }

    internal double WeightOf(int voter, T value)
    {
        if (Confidence is null)
        {
            return Weights?[PlaceOf(voter)] ?? 1;
        }

        var confidence = Confidence(value);
        return double.IsNaN(confidence) ? 0 : Math.Clamp(confidence, 0, 1);
    }
}
