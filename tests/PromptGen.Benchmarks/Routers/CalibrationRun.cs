using System.Globalization;
using PromptGen.Evaluation;

namespace PromptGen.Benchmarks.Routers;

/// <summary>Fits maps to labelled answers and prints how far their probabilities were from the truth before and after, on the half that the map was not fitted to.</summary>
internal static class CalibrationRun
{
    public static int Run(string path)
    {
        try
        {
            var fitted = CalibrationFitter.Fit(CalibrationExample.Read(path), null, DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime));
            foreach (var model in fitted.Models)
            {
                Write($"{model.Model}: {model.Labels} labels, ECE {model.Before.CalibrationError:0.0000} before, {model.After.CalibrationError:0.0000} after");
                foreach (var bin in model.Before.Bins)
                {
                    Write($"  probability {bin.Probability:0.00}: {bin.Share:0.00} right of {bin.Count}, calibrated {model.Map.Of(bin.Probability):0.00}");
                }
            }

            return 0;
        }
        catch (Exception exception) when (exception is FormatException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            Console.Error.WriteLine(exception.Message);
            return 1;
        }
    }

    private static void Write(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
