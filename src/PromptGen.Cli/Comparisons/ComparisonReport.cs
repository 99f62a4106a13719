using System.Globalization;
using PromptGen.Cli.Output;
using PromptGen.Cli.Scores;
using PromptGen.Evaluation;

namespace PromptGen.Cli.Comparisons;

/// <summary>A comparison as a table, Markdown, JUnit XML or JSON.</summary>
/// <param name="Base">The name of the base.</param>
/// <param name="Candidate">The name of the candidate.</param>
/// <param name="Comparison">The result.</param>
internal sealed record ComparisonReport(string Base, string Candidate, RunComparison Comparison)
{
    /// <summary>How many items that got worse are named in a text.</summary>
    private const int NamedItems = 10;

    private static readonly string[] s_columns = ["Items of", ">Number", ">Base", ">Candidate", ">Difference", ">95 % interval", ">p", "Verdict"];

    public void WriteTable(ToolContext context)
    {
        context.Output.WriteLine(Title);
        var table = Tables.Create([.. Columns]);
        foreach (var row in Rows)
        {
            table.Row([.. row.Cells]);
        }

        context.Console.Write(table);
        foreach (var line in Notes)
        {
            context.Output.WriteLine(line);
        }
    }

    public string Markdown() => MarkdownTable.Write(Title, [.. Columns], Rows.Select(static row => row.Cells), Notes);

    /// <summary>One test per row: worse is a failure, undecided is skipped.</summary>
    public IEnumerable<JUnitCase> JUnitCases() => Rows.Select(row => row.Verdict switch
    {
        ComparisonVerdict.Worse => new JUnitCase(Title, row.Name, JUnitOutcome.Failure, $"worse: {row.Difference} points") { Type = "worse", Details = string.Join('\n', Notes) },
        ComparisonVerdict.Undecided => new JUnitCase(Title, row.Name, JUnitOutcome.Skipped, $"undecided: {row.Difference} points, interval {row.Interval}"),
        _ => new JUnitCase(Title, row.Name, JUnitOutcome.Passed, $"{Word(row.Verdict)}: {row.Difference} points, interval {row.Interval}"),
    });

    public object Json() => new
    {
        Base,
        Candidate,
        Verdict = Word(Comparison.Verdict),
        Regression = Comparison.IsRegression,
        Comparison.Difference.Items,
        BaseScore = Comparison.BaseMean,
        CandidateScore = Comparison.CandidateMean,
        Difference = Comparison.Difference.Mean,
        Comparison.Difference.Interval.Lower,
        Comparison.Difference.Interval.Upper,
        Comparison.Difference.PValue,
        Significant = Comparison.Difference.IsSignificant,
        Comparison.Difference.Confidence,
        Comparison.Margin,
        Comparison.SmallestDetectable,
        Comparison.Better,
        Worse = Comparison.Worse.Count,
        WorseItems = Comparison.Worse,
        Slices = Comparison.Slices.Select(static slice => new
        {
            slice.Category,
            Verdict = Word(slice.Verdict),
            slice.Difference.Items,
            BaseScore = slice.BaseMean,
            CandidateScore = slice.CandidateMean,
            Difference = slice.Difference.Mean,
            slice.Difference.Interval.Lower,
            slice.Difference.Interval.Upper,
            slice.Difference.PValue,
        }),
    };

    private string Title => Base == Candidate ? $"{Candidate}: candidate against base" : $"{Candidate} against {Base}";

    private IEnumerable<string> Columns =>
        s_columns.Select(column => column.Replace("95", (Comparison.Difference.Confidence * 100).ToString("0.##", CultureInfo.InvariantCulture), StringComparison.Ordinal));

    private IEnumerable<Row> Rows => Comparison.Slices
        .Select(static slice => new Row(slice.Category, slice.BaseMean, slice.CandidateMean, slice.Difference, slice.Verdict))
        .Prepend(new Row("all", Comparison.BaseMean, Comparison.CandidateMean, Comparison.Difference, Comparison.Verdict));

    private IEnumerable<string> Notes
    {
        get
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{Comparison.Better} items are better, {Comparison.Worse.Count} are worse{Named()}.");
            yield return Comparison.Slices.Count == 0
                ? $"Differences are in points.{Detectable()}"
                : $"Differences are in points; the p-values of the {Comparison.Slices.Count.ToString(CultureInfo.InvariantCulture)} categories are corrected by Holm.{Detectable()}";
            yield return Conclusion();
        }
    }

    private string Named() => Comparison.Worse.Count == 0 ? "" : $": {string.Join(", ", Comparison.Worse.Take(NamedItems))}{(Comparison.Worse.Count > NamedItems ? ", …" : "")}";

    private string Detectable() => Comparison.SmallestDetectable is { } difference
        ? $" With this many items, a true difference of {Scale.Points(difference).TrimStart('+')} points is found in 80 % of all runs."
        : "";

    private string Conclusion()
    {
        var margin = Comparison.Margin is { } limit ? $" the margin of {Scale.Points(limit).TrimStart('+')} points" : "";
        var whole = Comparison.Verdict switch
        {
            ComparisonVerdict.Better => "Verdict: better.",
            ComparisonVerdict.Worse => "Verdict: worse.",
            ComparisonVerdict.Equal => $"Verdict: equal within{margin}.",
            _ => $"Verdict: undecided. The difference may be none, and may exceed{(margin.Length > 0 ? margin : " any margin, since none was named")}.",
        };
        var worse = Comparison.Slices.Where(static slice => slice.Verdict == ComparisonVerdict.Worse).Select(static slice => slice.Category).ToArray();
        return worse.Length == 0 ? whole : $"{whole} Worse on: {string.Join(", ", worse)}.";
    }

    /// <summary>A verdict in a text.</summary>
    public static string Word(ComparisonVerdict verdict) => verdict.ToString().ToLowerInvariant();

    private sealed record Row(string Name, double Base, double Candidate, PairedDifference Result, ComparisonVerdict Verdict)
    {
        public string Difference => Scale.Points(Result.Mean);

        public string Interval => Scale.Points(Result.Interval);

        public IEnumerable<string> Cells =>
        [
            Name, Result.Items.ToString(CultureInfo.InvariantCulture), Scale.Percent(Base), Scale.Percent(Candidate), Difference, Interval, Scale.PValue(Result.PValue), Word(Verdict),
        ];
    }
}
