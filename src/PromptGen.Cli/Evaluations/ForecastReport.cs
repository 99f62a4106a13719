using System.Globalization;
using PromptGen.Cli.Output;
using PromptGen.Cli.Scores;
using PromptGen.Evaluation;

namespace PromptGen.Cli.Evaluations;

/// <summary>What a run can cost, and what it can find, before anything is asked.</summary>
internal static class ForecastReport
{
    /// <summary>On how many items two good models typically differ: what the smallest detectable difference is stated for.</summary>
    private const double Disagreement = 0.2;

    public static void Write(ToolContext context, bool asJson, EvaluatedPrompt prompt, EvaluationSet set, IReadOnlyList<EvaluationForecast> forecasts)
    {
        if (asJson)
        {
            context.WriteJson(new
            {
                Prompt = prompt.Name,
                prompt.Version,
                DataVersion = set.Version,
                Items = set.Items.Count,
                SmallestDetectable = Detectable(set),
                Arms = forecasts.Select(static forecast => new { forecast.Arm, forecast.Calls, forecast.Kept, forecast.KeptUsd, WorstCaseUsd = UsdOf(forecast) }),
            });
            return;
        }

        var table = Tables.Create("Arm", ">Calls", ">Kept", ">Spent", ">Worst case");
        foreach (var forecast in forecasts)
        {
            table.Row(forecast.Arm, Figures.Number(forecast.Calls), Figures.Number(forecast.Kept), Figures.Usd(forecast.KeptUsd), Figures.Usd(UsdOf(forecast)));
        }

        context.Console.Write(table);
        context.Output.WriteLine(Found(set));
    }

    /// <summary>One line before the run, on standard error.</summary>
    public static void WriteNote(ToolContext context, EvaluationSet set, IReadOnlyList<EvaluationForecast> forecasts, decimal? maxUsd)
    {
        var worst = forecasts.Aggregate(PromptCost.Zero, static (sum, forecast) => sum + forecast.WorstCase);
        var calls = forecasts.Sum(static forecast => forecast.Calls - forecast.Kept);
        context.Error.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{calls} calls, at most {(worst.IsComplete ? Figures.Usd(worst.Usd) : "unknown, since a price is")}{(maxUsd is { } max ? $", limited to {Figures.Usd(max)}" : "")}. {Found(set)}"));
    }

    private static decimal? UsdOf(EvaluationForecast forecast) => forecast.WorstCase.IsComplete ? forecast.WorstCase.Usd : null;

    private static double? Detectable(EvaluationSet set) => DetectableDifference.OfPasses(set.Items.Count, Disagreement);

    private static string Found(EvaluationSet set) => Detectable(set) is { } difference
        ? string.Create(CultureInfo.InvariantCulture, $"{set.Items.Count} items find a difference of {Scale.Points(difference).TrimStart('+')} points in 80 % of all runs, where two arms differ on {Disagreement * 100:0} % of the items.")
        : string.Create(CultureInfo.InvariantCulture, $"{set.Items.Count} items are too few to find a difference between two arms that differ on {Disagreement * 100:0} % of the items.");
}
