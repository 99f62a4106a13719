using PromptGen.Generators.Text;

namespace PromptGen.Generators.Model;

/// <summary><c>[Ensemble]</c>.</summary>
/// <param name="Models">The ids of the members.</param>
/// <param name="On">The member of the output type that is voted on; null = the whole value.</param>
/// <param name="Quorum">How many votes an answer needs; null = more than half.</param>
/// <param name="Samples">How often each model is asked.</param>
/// <param name="Eager">Whether all are asked at once.</param>
/// <param name="Weights">The accuracy of each member; null = one vote each.</param>
/// <param name="ConfidenceMember">The member of the output type that is the weight of a vote; null = none.</param>
internal sealed record EnsembleDeclaration(
    EquatableArray<string> Models, string? On, int? Quorum, int Samples, bool Eager, EquatableArray<double>? Weights, string? ConfidenceMember)
{
    /// <summary>The file that maps agreements to shares of right answers; null = there is none.</summary>
    public CalibrationDeclaration? Calibration { get; init; }

    /// <summary>The method that selects among the answers, and what it gets; null where the votes are counted.</summary>
    public CalledMethod? Judge { get; init; }

    /// <summary>The prompt that the judge is; null where it is a plain method, or there is none.</summary>
    public CalledPrompt? JudgePrompt { get; init; }
}
