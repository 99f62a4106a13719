namespace PromptGen.Evaluation;

/// <summary>
/// The method of Platt (1999): the probability of a label as a logistic function of one number, fitted by Newton's method, with the targets smoothed as he proposes, so that
/// few labels do not make it certain.
/// </summary>
/// <param name="Slope">Never negative: a number that says nothing, or the opposite, has slope 0.</param>
/// <param name="Offset">The logit at 0.</param>
internal readonly record struct PlattScaling(double Slope, double Offset)
{
    private const int Passes = 50;

    public double Of(double number) => Logistic.Of((Slope * number) + Offset);

    public static PlattScaling Fit(double[] numbers, bool[] labels)
    {
        var positive = labels.Count(static label => label);
        var (high, low) = ((positive + 1.0) / (positive + 2), 1.0 / (labels.Length - positive + 2));
        var flat = Logistic.Inverse(((positive * high) + ((labels.Length - positive) * low)) / labels.Length);
        var (slope, offset) = (0.0, flat);
        for (var pass = 0; pass < Passes; pass++)
        {
            // The gradient and the Hessian of the loss; the ridge keeps the Hessian regular where all numbers are the same.
            var (g0, g1, h00, h01, h11) = (0.0, 0.0, 1e-9, 0.0, 1e-9);
            for (var i = 0; i < numbers.Length; i++)
            {
                var probability = Logistic.Of((slope * numbers[i]) + offset);
                var (error, weight) = (probability - (labels[i] ? high : low), probability * (1 - probability));
                g0 += error * numbers[i];
                g1 += error;
                h00 += weight * numbers[i] * numbers[i];
                h01 += weight * numbers[i];
                h11 += weight;
            }

            var determinant = (h00 * h11) - (h01 * h01);
            var (step0, step1) = (((h11 * g0) - (h01 * g1)) / determinant, ((h00 * g1) - (h01 * g0)) / determinant);
            (slope, offset) = (slope - step0, offset - step1);
            if (!(Math.Abs(step0) + Math.Abs(step1) > 1e-9))
            {
                break;
            }
        }

        return slope > 0 && double.IsFinite(slope) && double.IsFinite(offset) ? new PlattScaling(slope, offset) : new PlattScaling(0, flat);
    }
}
