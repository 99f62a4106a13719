using System.CommandLine;
using PromptGen.Cli.Output;
using PromptGen.Cli.Scores;
using PromptGen.Evaluation;

namespace PromptGen.Cli.Comparisons;

/// <summary><c>promptgen compare</c>: whether a candidate is better or worse than its base on the same items.</summary>
internal sealed class CompareCommand
{
    private const string Sources =
        "what 'promptgen score --json' wrote (.json); one object per line {id, score or passed, model?, category?, cluster?} (.jsonl, .jsonl.gz); or recorded answers as for 'promptgen score', with --metric";

    private readonly Argument<string> _base = new("base") { Description = $"The run to compare with: {Sources}." };
    private readonly Argument<string> _candidate = new("candidate") { Description = "The run that is to replace it, in any of these forms." };
    private readonly Option<string?> _baseModel = new("--base-model") { Description = "The model of the base, where its file has several.", HelpName = "model" };
    private readonly Option<string?> _candidateModel = new("--candidate-model") { Description = "The model of the candidate, where its file has several.", HelpName = "model" };
    private readonly Option<double> _margin = new("--margin") { Description = "The smallest difference that matters, 0 to 1; 0 = none is named, and nothing is called equal.", DefaultValueFactory = static _ => 0.02 };
    private readonly Option<double> _confidence = new("--confidence") { Description = "The confidence of intervals and tests.", DefaultValueFactory = static _ => ConfidenceInterval.DefaultConfidence };
    private readonly Option<int> _look = new("--look") { Description = "Which look at a run that still grows this is, from 1. Exit code 3: go on to the next look.", DefaultValueFactory = static _ => 1 };
    private readonly Option<int> _looks = new("--looks") { Description = "How many looks there will be at most, at equal distances. Intervals and tests are corrected (O'Brien-Fleming), so that all looks together keep --confidence.", DefaultValueFactory = static _ => 1 };
    private readonly Option<bool> _common = new("--common") { Description = "Compare the items that both runs have. Default: other items are an error, exit code 3." };
    private readonly Option<FileInfo?> _junit = new("--junit") { Description = "Also write the result as JUnit XML.", HelpName = "file" };
    private readonly Option<FileInfo?> _markdown = new("--markdown") { Description = "Also write the result as Markdown, for a pull request.", HelpName = "file" };
    private readonly MetricOptions _metric = new(isRequired: false);

    private CompareCommand()
    {
        ToolOptions.Check(_margin, static value => value is >= 0 and < 1, "--margin must be at least 0 and less than 1.");
        ToolOptions.Check(_confidence, static value => value is > 0 and < 1, "--confidence must be more than 0 and less than 1.");
        _looks.Validators.Add(result =>
        {
            if (result.GetValue(_looks) is < 1 or > SequentialPlan.MaxLooks || result.GetValue(_look) < 1 || result.GetValue(_look) > result.GetValue(_looks))
            {
                result.AddError($"--looks must be 1 to {SequentialPlan.MaxLooks}, and --look 1 to --looks.");
            }
        });
    }

    public static Command Create(ToolContext context)
    {
        var compare = new CompareCommand();
        var command = new Command("compare", "Compare two runs as pairs: better, worse, equal within the margin, or undecided. Exit codes: 0 better or equal, 100 worse (also on one category), 3 undecided.")
        {
            compare._base, compare._candidate, compare._baseModel, compare._candidateModel, compare._margin, compare._confidence, compare._look, compare._looks, compare._common, compare._junit, compare._markdown,
        };
        compare._metric.AddTo(command);
        command.SetAction(line => compare.Run(line, context));
        return command;
    }

    private int Run(ParseResult line, ToolContext context)
    {
        var (first, second) = Pair(
            RunSource.Read(line, line.GetRequiredValue(_base), line.GetValue(_baseModel), _metric, _baseModel.Name),
            RunSource.Read(line, line.GetRequiredValue(_candidate), line.GetValue(_candidateModel), _metric, _candidateModel.Name),
            line.GetValue(_common));
        var report = new ComparisonReport(first.Model, second.Model, Compare(first, second, line.GetValue(_margin) is > 0 and var margin ? margin : null, ConfidenceOf(line)));
        if (line.GetValue(_junit) is { } junit)
        {
            ToolContext.WriteFile(junit, JUnitXml.Write("promptgen compare", [.. report.JUnitCases()]));
        }

        if (line.GetValue(_markdown) is { } markdown)
        {
            ToolContext.WriteFile(markdown, report.Markdown());
        }

        if (line.GetValue(ToolOptions.Json))
        {
            context.WriteJson(report.Json());
        }
        else
        {
            report.WriteTable(context);
        }

        return report.Comparison switch
        {
            { IsRegression: true } => ExitCodes.Missed,
            { Verdict: ComparisonVerdict.Undecided } => ExitCodes.Undecided,
            _ => ExitCodes.Ok,
        };
    }

    private double ConfidenceOf(ParseResult line) =>
        line.GetValue(_looks) is > 1 and var looks ? SequentialPlan.OBrienFleming(looks, line.GetValue(_confidence)).ConfidenceAt(line.GetValue(_look)) : line.GetValue(_confidence);

    private static RunComparison Compare(RunSource first, RunSource second, double? margin, double confidence)
    {
        try
        {
            return RunComparison.Of(first.Items, second.Items, margin, confidence);
        }
        catch (ArgumentException exception)
        {
            throw new ToolException($"These runs cannot be compared: {exception.Message}", ExitCodes.Undecided, exception);
        }
    }

    private static (RunSource Base, RunSource Candidate) Pair(RunSource first, RunSource second, bool common)
    {
        var firstIds = first.Items.Select(static item => item.Id).ToHashSet(StringComparer.Ordinal);
        var secondIds = second.Items.Select(static item => item.Id).ToHashSet(StringComparer.Ordinal);
        string[] alone = [.. firstIds.Except(secondIds).Concat(secondIds.Except(firstIds))];
        if (alone.Length == 0 && firstIds.Count > 0)
        {
            return (first, second);
        }

        if (!firstIds.Overlaps(secondIds))
        {
            throw new ToolException("The two runs have no item in common.", ExitCodes.Undecided);
        }

        return common
            ? (first with { Items = [.. first.Items.Where(item => secondIds.Contains(item.Id))] }, second with { Items = [.. second.Items.Where(item => firstIds.Contains(item.Id))] })
            : throw new ToolException(
                $"Only one of the two runs has {Figures.Count(alone.Length, "item")}, such as '{alone[0]}'. --common compares the others.", ExitCodes.Undecided);
    }
}
