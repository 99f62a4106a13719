namespace PromptGen.Evaluation;

/// <summary>The calibration of a prompt.</summary>
/// <param name="File">The content of the file, for example <c>triage.calibration</c>.</param>
/// <param name="Models">The models, by name.</param>
public sealed record FittedCalibration(string File, IReadOnlyList<ModelCalibration> Models);
