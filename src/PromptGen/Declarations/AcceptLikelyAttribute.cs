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
    /// A file among the project's <c>AdditionalFiles</c> that maps the probabilities of each model to how often such an answer was right, so that <see cref="Probability"/> is a
    /// share of right answers. Its path is given from the project; <c>*.calibration</c> is added by itself. Default: null, the probabilities are compared as they are.
    /// </summary>
    public string? Calibration { get; set; }

    /// <summary>
    /// What happens to an answer whose probability is not known: its model has no <see cref="ModelFeatures.LogProbabilities"/>, its provider sent none, <see cref="Calibration"/> has no map for it, or the tokens cannot be
    /// assigned to the value with certainty. Default: <see cref="WhenUnknown.Reject"/>.
    /// </summary>
    public WhenUnknown WhenUnknown { get; set; }
}
