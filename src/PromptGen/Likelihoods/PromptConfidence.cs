using System.ComponentModel;
using System.Globalization;

namespace PromptGen.Likelihoods;

/// <summary>One <see cref="AcceptWhenAttribute"/> with a calibration, as generated code hands it to the runtime.</summary>
/// <typeparam name="T">The output type.</typeparam>
/// <param name="Member">The member's name, for reasons.</param>
/// <param name="Stated">Reads the member; null = the answer states none.</param>
/// <param name="AtLeast">The least share of right answers that is accepted; null = no lower bound.</param>
/// <param name="AtMost">The greatest one; null = no upper bound.</param>
/// <param name="Calibration">The maps of the models that have one.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record PromptConfidence<T>(string Member, Func<T, double?> Stated, double? AtLeast, double? AtMost, IReadOnlyList<PromptCalibration> Calibration)
{
    /// <summary>Why a value of a model is not accepted; null where it is.</summary>
    /// <param name="value">The value.</param>
    /// <param name="modelId">The model, as declared.</param>
    internal string? Rejection(T value, string modelId) =>
        Stated(value) is not { } stated || double.IsNaN(stated) || PromptCalibration.Find(Calibration, modelId) is not { } map ? $"the calibrated {Member} is unknown"
            : map.Of(stated) is var share && share < AtLeast ? $"calibrated {Member} {Text(Math.Floor(share * 100) / 100)} is below {Text(AtLeast.Value)}"
            : share > AtMost ? $"calibrated {Member} {Text(Math.Ceiling(share * 100) / 100)} is above {Text(AtMost.Value)}"
            : null;

    private static string Text(double number) => number.ToString("0.############", CultureInfo.InvariantCulture);
}
