using System.Globalization;
using PromptGen.Cli.Comparisons;
using PromptGen.Cli.Output;
using PromptGen.Cli.Scores;
using PromptGen.Evaluation;

namespace PromptGen.Cli.Evaluations;

/// <summary>What a run has shown of what it had to.</summary>
/// <param name="Run">The run.</param>
/// <param name="MinQuality">The least mean score; null = none was named.</param>
/// <param name="Margin">How much worse the second of two arms may be; null = none was named.</param>
/// <param name="Comparison">The second of two arms against the first; null = there are not two, or too few items for it.</param>
internal sealed record EvaluationVerdict(EvaluationRun Run, double? MinQuality, double? Margin, ComparisonReport? Comparison)
{
    /// <summary>How the command ends.</summary>
    public int ExitCode => Reaches == false || (Margin is not null && Comparison is { Comparison.Verdict: ComparisonVerdict.Worse }) ? ExitCodes.Missed
        : Run.NotMeasured > 0 || (Reaches is null && (MinQuality is not null || Run.Broken.Count > 0)) || (Margin is { } margin && Comparison?.Comparison.Difference.IsNotInferior(margin) != true) ? ExitCodes.Undecided
        : ExitCodes.Ok;

    /// <summary>Whether the quality reaches the threshold; null without one, without any score, and where broken measurements decide.</summary>
    private bool? Reaches => MinQuality is { } least ? Run.Judged.Reaches(least) : null;

    /// <summary>What the verdict is about: lines below the table.</summary>
    public IEnumerable<string> Notes()
    {
        if (Run.Look is { } look)
        {
            yield return NoteOf(look);
        }

        if (Margin is { } margin && Comparison is { } comparison)
        {
            yield return $"{comparison.Candidate} is {(comparison.Comparison.Difference.IsNotInferior(margin) ? "shown not to be" : "not shown not to be")} worse than {comparison.Base} by {Scale.Points(margin).TrimStart('+')} points or more.";
        }
    }

    /// <summary>The verdict as Markdown, below the table of the models: the comparison of two arms, and the notes.</summary>
    public string Markdown() => string.Concat(((string?[])[Comparison?.Markdown(), .. Notes().Select(static note => note + "\n")]).OfType<string>().Select(static part => "\n" + part));

    private string NoteOf(EvaluationLook look)
    {
        var what = MinQuality is { } least
            ? look.Verdict switch
            {
                ComparisonVerdict.Better => $"{Run.Judged.Model} reaches {Scale.Percent(least)}",
                ComparisonVerdict.Worse => $"{Run.Judged.Model} is below {Scale.Percent(least)}",
                _ => $"undecided whether {Run.Judged.Model} reaches {Scale.Percent(least)}",
            }
            : $"{Run.Scores[1].Model} against {Run.Scores[0].Model}: {ComparisonReport.Word(look.Verdict)}";
        var interval = look.Interval is { } range ? $" ({(MinQuality is null ? Scale.Points(range) : Scale.Percent(range))} at {(look.Confidence * 100).ToString("0.####", CultureInfo.InvariantCulture)} %)" : "";
        var saved = look.SavedCalls > 0 ? $" The run ended there: {Figures.Count(look.SavedCalls, "call")} not made{(look.SavedUsd is { } usd ? $", about {Figures.Usd(usd)} saved" : "")}." : "";
        return $"Look {look.Look} of {look.Looks}, after {Figures.Count(look.Items, "item")}: {what}{interval}.{saved}";
    }
}
