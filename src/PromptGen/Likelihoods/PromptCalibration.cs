using System.ComponentModel;

namespace PromptGen.Likelihoods;

/// <summary>How often answers were right, by the probability of their tokens or by the agreement of those who voted: a line through points that never falls.</summary>
/// <param name="modelId">The model, as declared; <c>*</c> = all members of an ensemble.</param>
/// <param name="probabilities">The probabilities of the points, from 0 to 1, ascending; at least two.</param>
/// <param name="shares">The share of right answers at each point, from 0 to 1, not descending; as many.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class PromptCalibration(string modelId, double[] probabilities, double[] shares)
{
    /// <summary>The model, as declared; <c>*</c> = all members of an ensemble.</summary>
    public string ModelId { get; } = modelId;

    /// <summary>The map of a model; null where there is none.</summary>
    internal static PromptCalibration? Find(IReadOnlyList<PromptCalibration> maps, string modelId)
    {
        foreach (var map in maps)
        {
            if (map.ModelId == modelId)
            {
                return map;
            }
        }

        return null;
    }

    /// <summary>The share at a probability; outside of the points, that of the nearest one.</summary>
    /// <param name="probability">The probability, from 0 to 1.</param>
    /// <returns>From 0 to 1.</returns>
    public double Of(double probability)
    {
        var next = Array.BinarySearch(probabilities, probability);
        if (next >= 0)
        {
            return shares[next];
        }

        next = ~next;
        if (next == 0 || next == probabilities.Length)
        {
            return shares[Math.Min(next, shares.Length - 1)];
        }

        var part = (probability - probabilities[next - 1]) / (probabilities[next] - probabilities[next - 1]);
        return shares[next - 1] + (part * (shares[next] - shares[next - 1]));
    }
}
