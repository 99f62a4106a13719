namespace PromptGen.Evaluation;

/// <summary>How good a router is, each example scored by heads that were not fitted with it.</summary>
/// <param name="Labels">How many examples there are.</param>
/// <param name="Curve">The curve over all examples.</param>
/// <param name="Points">The points at which 0, 5, … 100% of the calls go to the strong model.</param>
/// <param name="HeldOutLabels">How many examples <paramref name="HeldOut"/> is measured on.</param>
/// <param name="HeldOut">The point of a threshold that was chosen on one half of the examples, measured on the other half.</param>
/// <param name="HeldOutWeak">The quality of the weak model alone on that half.</param>
/// <param name="HeldOutStrong">The quality of the strong model alone on that half.</param>
public sealed record RouterReport(
    int Labels,
    RouterCurve Curve,
    IReadOnlyList<RouterPoint> Points,
    int HeldOutLabels,
    RouterPoint HeldOut,
    double HeldOutWeak,
    double HeldOutStrong)
{
    /// <summary>Whether the router chooses no better than chance: one of the two models alone, or a random choice between them that costs as much, is at least as good.</summary>
    public bool IsUseless => HeldOut.Quality <= HeldOutWeak || HeldOut.Quality <= HeldOutWeak + (HeldOut.StrongShare * (HeldOutStrong - HeldOutWeak));
}
