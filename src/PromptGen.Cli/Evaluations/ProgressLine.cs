using System.Globalization;
using PromptGen.Cli.Output;
using PromptGen.Evaluation;

namespace PromptGen.Cli.Evaluations;

/// <summary>Shows the progress on standard error: a line each time another tenth is done. Calls report from several threads.</summary>
/// <param name="context">Where it is written.</param>
internal sealed class ProgressLine(ToolContext context) : IProgress<EvaluationProgress>
{
    private const int Parts = 10;

    private int _shown;
    private bool _isOver;

    public void Report(EvaluationProgress value)
    {
        lock (this)
        {
            var part = value.Done * Parts / value.Total;
            if (_isOver || part <= _shown || value.Done == value.Total)
            {
                return;
            }

            _shown = part;
            context.Error.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{value.Arm}: {value.Done} of {value.Total} calls, {Figures.Usd(value.SpentUsd)} of about {Figures.Usd(value.ForecastUsd)}{(value.Remaining is { } left ? $", {Figures.Time(left)} left" : "")}{(value.NotMeasured > 0 ? $", {value.NotMeasured} not measured" : "")}"));
        }
    }

    public void End()
    {
        lock (this)
        {
            _isOver = true;
        }
    }
}
