using System.Globalization;

namespace PromptGen.Evaluation.Tests.Scores;

public sealed class ModelScoreTests(ITestOutputHelper output) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("promptgen-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>44 and 51 models: the published accuracy, the published share of outputs without an answer, and each item as published.</summary>
    [SharedDataFact("zeroeval/gsm")]
    public void Scores_of_gsm_are_the_published_ones() => Compare("gsm", AnswerMetric.Numeric());

    [SharedDataFact("zeroeval/crux")]
    public void Scores_of_crux_are_the_published_ones() => Compare("crux", AnswerMetric.Exact);

    [Fact]
    public void What_is_missing_unknown_or_empty_is_counted()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "outputs"));
        File.WriteAllText(Path.Combine(_folder, "questions.jsonl"), """
            {"id": 1, "answer": "1"}
            {"id": 2, "answer": "2"}
            {"id": 3, "answer": "3"}
            {"id": 4, "answer": "4"}
            """);
        File.WriteAllText(Path.Combine(_folder, "outputs", "m.jsonl"), """
            {"id": 3, "output": "{\"answer\": \"3\"}"}
            {"id": 1, "output": ""}
            {"id": 9, "output": "9"}
            {"id": 2, "output": "answer: 3"}
            """);
        File.WriteAllText(Path.Combine(_folder, "outputs", "other.jsonl"), """{"id": "a", "output": "1"}""");

        var answers = RecordedAnswers.Open(_folder);
        var score = ModelScore.Of(answers, "m", AnswerMetric.Exact);

        Assert.Equal([new("1", 0), new("2", 0), new("3", 1)], score.Items);
        Assert.Equal((1, 1, 1), (score.WithoutAnswer, score.Missing, score.Unknown));
        Assert.Equal(1 / 3.0, score.Summary.Mean);
        Assert.Equal(ConfidenceInterval.Wilson(1, 3), score.Summary.Interval);

        var none = ModelScore.Of(answers, "other", AnswerMetric.Exact);
        Assert.Equal((0, 4, 1), (none.Items.Count, none.Missing, none.Unknown));
        Assert.True(double.IsNaN(none.Summary.Mean));
    }

    [Fact]
    public void The_interval_suits_the_scores()
    {
        Assert.Equal(ConfidenceInterval.Wilson(1, 2), ScoreSummary.Of([new("a", 1), new("b", 0)]).Interval);
        Assert.Equal(ConfidenceInterval.StudentT(0.5, 0.25, 1), ScoreSummary.Of([new("a", 0.25), new("b", 0.75)]).Interval);
        Assert.Equal(
            ConfidenceInterval.StudentT(0.5, StandardError.OfClusters([1, 1, 0, 0], ["x", "x", "y", "y"]), 1),
            ScoreSummary.Of([new("a", 1, null, "x"), new("b", 1, null, "x"), new("c", 0, null, "y"), new("d", 0, null, "y")]).Interval);
        Assert.Null(ScoreSummary.Of([new("a", 0.5)]).Interval);
        Assert.Null(ScoreSummary.Of([new("a", 1, null, "x"), new("b", 0, null, "x")]).Interval);
        Assert.Null(ScoreSummary.Of([]).Interval);
    }

    private void Compare(string task, AnswerMetric metric)
    {
        var folder = SharedData.Find($"zeroeval/{task}");
        var answers = RecordedAnswers.Open(folder);
        var rows = File.ReadLines(Path.Combine(folder, "matrix.csv")).Select(static line => line.Split(',')).ToArray();
        foreach (var cells in File.ReadLines(Path.Combine(folder, "format.csv")).Skip(1).Select(static line => line.Split(',')))
        {
            var score = ModelScore.Of(answers, cells[0], metric);

            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{cells[0]} {100 * score.Summary.Mean:0.00}, published {cells[2]}"));
            Assert.Equal(int.Parse(cells[1], CultureInfo.InvariantCulture), score.Items.Count);

            var column = Array.IndexOf(rows[0], cells[0]);
            var published = rows.Skip(1).Where(row => row[column].Length > 0).ToDictionary(static row => row[0], row => row[column] == "1" ? 1.0 : 0);
            Assert.Empty(score.Items.Where(item => published[item.Id] != item.Score).Select(item => $"{cells[0]} {item.Id}"));
            Assert.Equal(double.Parse(cells[2], CultureInfo.InvariantCulture), 100 * score.Summary.Mean, 0.006);
            Assert.Equal(double.Parse(cells[8], CultureInfo.InvariantCulture), 100.0 * score.WithoutAnswer / score.Items.Count, 0.006);
        }
    }
}
