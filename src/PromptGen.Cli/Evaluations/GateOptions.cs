using System.CommandLine;
using PromptGen.Cli.Comparisons;
using PromptGen.Evaluation;

namespace PromptGen.Cli.Evaluations;

/// <summary>The options that say what an evaluation has to show, and when it has shown it.</summary>
internal sealed class GateOptions
{
    private readonly Option<double?> _minQuality = new("--min-quality") { Description = "Exit code 100 where the route, or without it the first model, has a lower mean score: 0 to 1.", HelpName = "score" };
    private readonly Option<double?> _margin = new("--margin") { Description = "With two arms: the smallest difference that matters, more than 0 and less than 1. Exit code 100 where the second one is worse than the first, 3 where it may be worse by that.", HelpName = "score" };
    private readonly Option<int> _looks = new("--looks") { Description = "Look at the results so often, after equal parts of the items, and end the run where --min-quality is decided, or without it which of two arms is better. Each look has a corrected confidence (O'Brien-Fleming), so that all keep 95 % together.", DefaultValueFactory = static _ => 1 };

    public GateOptions()
    {
        ToolOptions.Check(_minQuality, static value => value is not (< 0 or > 1), "--min-quality must be 0 to 1.");
        ToolOptions.Check(_margin, static value => value is null or (> 0 and < 1), "--margin must be more than 0 and less than 1.");
        ToolOptions.Check(_looks, static value => value is >= 1 and <= SequentialPlan.MaxLooks, $"--looks must be 1 to {SequentialPlan.MaxLooks}.");
    }

    public void AddTo(Command command)
    {
        command.Options.Add(_minQuality);
        command.Options.Add(_margin);
        command.Options.Add(_looks);
    }

    /// <summary>When a run may end early; null = it may not.</summary>
    /// <exception cref="ToolException">The options do not suit the arms.</exception>
    public EvaluationStopping? StoppingOf(ParseResult line, int arms)
    {
        var (least, margin) = (line.GetValue(_minQuality), line.GetValue(_margin));
        if (margin is not null && arms != 2)
        {
            throw new ToolException($"--margin compares two arms, and this run has {arms}: name one --model and --route, or two models.", ExitCodes.Usage);
        }

        return line.GetValue(_looks) is 1 ? null
            : least is { } threshold ? EvaluationStopping.AtThreshold(SequentialPlan.OBrienFleming(line.GetValue(_looks)), threshold)
            : arms == 2 ? EvaluationStopping.OfComparison(SequentialPlan.OBrienFleming(line.GetValue(_looks)), margin)
            : throw new ToolException("--looks needs --min-quality, or two arms that are compared.", ExitCodes.Usage);
    }

    /// <summary>What a run has shown.</summary>
    public EvaluationVerdict Judge(ParseResult line, EvaluationRun run)
    {
        var (least, margin) = (line.GetValue(_minQuality), line.GetValue(_margin));
        var confidence = least is null && run.Look is { } look ? look.Confidence : ConfidenceInterval.DefaultConfidence;
        var comparison = run.Scores is [var first, var second] && RunComparison.OfCommon(first.Items, second.Items, margin, confidence) is { } found ? new ComparisonReport(first.Model, second.Model, found) : null;
        return new(run, least, margin, comparison);
    }
}
