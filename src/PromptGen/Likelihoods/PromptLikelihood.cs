using System.ComponentModel;

namespace PromptGen.Likelihoods;

/// <summary>One <see cref="AcceptLikelyAttribute"/>, as generated code hands it to the runtime.</summary>
/// <param name="Probability">The least probability that is accepted, above 0 and at most 1.</param>
/// <param name="Member">The member's name, for reasons; null = the whole answer.</param>
/// <param name="JsonName">The member's name in JSON; null = the whole answer.</param>
/// <param name="WhenUnknown">What happens to an answer whose probability is not known.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record PromptLikelihood(double Probability, string? Member = null, string? JsonName = null, WhenUnknown WhenUnknown = WhenUnknown.Reject);
