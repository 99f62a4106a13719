namespace PromptGen.Evaluation;

/// <summary>The calibration of a model.</summary>
/// <param name="Model">The model.</param>
/// <param name="Labels">How many answers were labelled.</param>
/// <param name="Map">The map, fitted to all of them.</param>
/// <param name="Before">The reliability of the probabilities on one half of the answers.</param>
/// <param name="After">That of what a map that was fitted to the other half makes of them.</param>
public sealed record ModelCalibration(string Model, int Labels, CalibrationMap Map, ReliabilityCurve Before, ReliabilityCurve After);
