using System.ComponentModel;

namespace PromptGen.Likelihoods;

/// <summary>One <see cref="AcceptLikelyAttribute"/>, as generated code hands it to the runtime.</summary>
/// <param name="Probability">The least probability that is accepted, above 0 and at most 1.</param>
/// <param name="Member">The member's name, for reasons; null = the whole answer.</param>
/// <param name="JsonName">The member's name in JSON; null = the whole answer.</param>
/// <param name="WhenUnknown">What happens to an answer whose probability is not known.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record PromptLikelihood(double Probability, string? Member = null, string? JsonName = null, WhenUnknown WhenUnknown = WhenUnknown.Reject)
{
    /// <summary>The maps of the models that have one; null = probabilities are compared as they are.</summary>
    public IReadOnlyList<PromptCalibration>? Calibration { get; init; }

    /// <summary>The probability that is compared.</summary>
    /// <param name="modelId">The model, as declared.</param>
    /// <param name="probability">That of its tokens.</param>
    /// <returns>The probability; null where there are maps, but none for the model.</returns>
    internal double? Calibrate(string modelId, double probability) => Calibration is null ? probability : PromptCalibration.Find(Calibration, modelId)?.Of(probability);
}
