using System.Globalization;

namespace PromptGen.Evaluation;

/// <summary>What a test says about its evaluation: figures and ids, no text of items and answers.</summary>
/// <param name="set">The items.</param>
/// <param name="run">What was found.</param>
/// <param name="declared">The threshold.</param>
internal sealed class PromptEvalReport(EvaluationSet set, EvaluationRun run, PromptEvalAttribute declared)
{
    private const int MostItems = 5;

    private readonly ModelScore _score = run.Scores[0];

    /// <summary>Whether the threshold is reached, whatever was not measured.</summary>
    public bool HasPassed => run.NotMeasured == 0 && _score.Reaches(declared.MinQuality) == true;

    public string Text => string.Join(Environment.NewLine, Lines());

    private IEnumerable<string> Lines()
    {
        yield return $"{run.Prompt} {Verdict()}";
        yield return Invariant($"Mean {Score(_score.Summary.Mean)}{(_score.Summary.Interval is { } interval ? $", 95 % interval {Score(interval.Lower)} to {Score(interval.Upper)}" : "")}; {_score.Items.Count} of {set.Items.Count} items, {declared.Repeats} {(declared.Repeats == 1 ? "call" : "calls")} each, by {_score.Model}.");
        yield return Invariant($"Prompt version {run.Version}, data version {run.DataVersion} ({set.Name}). Spent {Usd(run.Spent.Usd)}{(run.Spent.IsComplete ? "" : " and what is not known")}{(double.IsNaN(declared.MaxUsd) ? "" : $" of {Usd((decimal)declared.MaxUsd)}")}, earlier runs included.");
        if (_score.Items.Where(static item => item.Score < 1).OrderBy(static item => item.Score).Take(MostItems).Select(static item => $"{item.Id} ({Score(item.Score)})").ToArray() is { Length: > 0 } worst)
        {
            yield return $"Worst items: {string.Join(", ", worst)}.";
        }

        if (run.Broken.Count > 0)
        {
            yield return Invariant($"Broken measurements: {run.Broken.Count}, first {run.Broken[0].Item}. {run.Broken[0].Problem}");
        }

        if (run.NotMeasured > 0)
        {
            yield return Invariant($"Calls without a score: {run.NotMeasured}. {run.Problem} The next run makes them again.");
        }
    }

    private string Verdict() => HasPassed ? Invariant($"reaches MinQuality {declared.MinQuality}.")
        : _score.Reaches(declared.MinQuality) == false ? Invariant($"misses MinQuality {declared.MinQuality}.")
        : Invariant($"cannot be compared with MinQuality {declared.MinQuality}: not every answer was measured.");

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);

    private static string Score(double score) => score.ToString("0.####", CultureInfo.InvariantCulture);

    private static string Usd(decimal usd) => usd.ToString("$0.00####", CultureInfo.InvariantCulture);
}
