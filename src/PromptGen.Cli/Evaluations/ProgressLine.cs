using System.Globalization;
using PromptGen.Cli.Output;
using PromptGen.Evaluation;

namespace PromptGen.Cli.Evaluations;

/// <summary>Shows how far a run is after each call, and where there is no terminal each time another tenth is done. Calls report from several threads.</summary>
/// <param name="work">Where it is shown.</param>
internal sealed class ProgressLine(WatchedWork work) : IProgress<EvaluationProgress>
{
    private const int Parts = 10;

    private int _shown;

    public void Report(EvaluationProgress value)
    {
        lock (this)
        {
            var (part, text) = (value.Done * Parts / value.Total, TextOf(value));
            if (part > _shown && value.Done < value.Total)
            {
                _shown = part;
                work.Milestone(text);
            }
            else
            {
                work.Now(text);
            }
        }
    }

    private static string TextOf(EvaluationProgress value) => string.Create(
        CultureInfo.InvariantCulture,
        $"{value.Arm}: {value.Done} of {value.Total} calls, {Figures.Usd(value.SpentUsd)} of about {Figures.Usd(value.ForecastUsd)}{(value.Remaining is { } left ? $", {Figures.Time(left)} left" : "")}{(value.NotMeasured > 0 ? $", {value.NotMeasured} not measured" : "")}");
}
