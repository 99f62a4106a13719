namespace PromptGen.Generators.Model;

/// <summary>One <c>[AcceptLikely]</c>.</summary>
/// <param name="Probability">The least probability that is accepted, as written.</param>
/// <param name="Member">The member whose value is meant; null = the whole answer.</param>
/// <param name="WhenUnknown">What happens to an answer whose probability is not known.</param>
internal sealed record LikelihoodDeclaration(double Probability, string? Member, WhenUnknown WhenUnknown)
{
    /// <summary>The file that maps probabilities to shares of right answers; null = they are compared as they are.</summary>
    public CalibrationDeclaration? Calibration { get; init; }

    /// <summary>Whether the number is a probability that an answer can miss.</summary>
    public bool IsInRange => Probability is > 0 and <= 1;
}
