namespace PromptGen.Evaluation;

/// <summary>How far an evaluation is.</summary>
/// <param name="Arm">The arm whose call has ended.</param>
/// <param name="Done">Calls of all arms that have ended, with those of earlier runs.</param>
/// <param name="Total">Calls of all arms.</param>
/// <param name="NotMeasured">Calls that ended without a score: a provider that failed, a limit, or a metric that is broken.</param>
/// <param name="SpentUsd">What all of them have cost in USD.</param>
/// <param name="ForecastUsd">What the whole run will cost in USD, by the mean of the calls that have ended.</param>
/// <param name="Remaining">How long the rest will take, by the pace so far; null = not known yet.</param>
public sealed record EvaluationProgress(string Arm, int Done, int Total, int NotMeasured, decimal SpentUsd, decimal ForecastUsd, TimeSpan? Remaining);
