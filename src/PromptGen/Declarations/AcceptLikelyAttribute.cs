namespace PromptGen;

/// <summary>
/// Accepts an answer only if its model was sure enough of it: if the geometric mean of the probabilities of the tokens that the answer, or one member's value, consists of
/// is at least a number. The probabilities are the model's own, from models with <see cref="ModelFeatures.LogProbabilities"/>.
/// </summary>
/// <param name="probability">The least probability that is accepted, above 0 and at most 1.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true, Inherited = false)]
public sealed class AcceptLikelyAttribute(double probability) : Attribute
{
    /// <summary>The least probability that is accepted, above 0 and at most 1.</summary>
    public double Probability { get; } = probability;

    /// <summary>The member whose value is meant, best written with <c>nameof</c>. Default: null, the whole answer.</summary>
    public string? Member { get; set; }

    /// <summary>
    /// What happens to an answer whose probability is not known: its model has no <see cref="ModelFeatures.LogProbabilities"/>, its provider sent none, or the tokens cannot be
    /// assigned to the value with certainty. Default: <see cref="WhenUnknown.Reject"/>.
    /// </summary>
    public WhenUnknown WhenUnknown { get; set; }
}
