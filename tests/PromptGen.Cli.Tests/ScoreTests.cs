using System.Globalization;
using System.Text.Json;

namespace PromptGen.Cli.Tests;

public sealed class ScoreTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>98,198 recorded answers of 44 and 51 models.</summary>
    [SharedDataFact("zeroeval/gsm")]
    public async Task TheAccuracyOfEveryModelIsThePublishedOne()
    {
        foreach (var (task, metric) in ((string, string)[])[("gsm", "numeric"), ("crux", "exact")])
        {
            var folder = SharedData.Find($"zeroeval/{task}");
            var run = await ToolRun.OfAsync("score", folder, "--metric", metric, "--json");

            Assert.Equal(0, run.ExitCode);
            Assert.Empty(run.Error);
            var models = run.Json.GetProperty("models").EnumerateArray().ToDictionary(static model => model.GetProperty("model").GetString()!, static model => model.GetProperty("accuracyPercent").GetDouble());
            foreach (var cells in File.ReadLines(Path.Combine(folder, "format.csv")).Skip(1).Select(static line => line.Split(',')))
            {
                Assert.Equal(double.Parse(cells[2], CultureInfo.InvariantCulture), models[cells[0]], 0.1);
            }
        }
    }

    [Fact]
    public async Task TheTableShowsAccuracyIntervalAndWhatIsMissing()
    {
        Write();

        var run = await ToolRun.OfAsync("score", _folder.Name, "--metric", "numeric");

        Assert.Equal(0, run.ExitCode);
        var rows = run.Output.Split('\n').Select(static line => line.Split("  ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).ToArray();
        Assert.Contains(rows, static row => row is ["org/good@1", "100.00 %", "34.24 – 100.00", "2", "0", "1", "0"]);
        Assert.Contains(rows, static row => row is ["bad", "33.33 %", "6.15 – 79.23", "3", "1", "0", "1"]);
    }

    [Fact]
    public async Task TheJsonHasTheScoreOfEachItem()
    {
        Write();

        var run = await ToolRun.OfAsync("score", _folder.Name, "--metric", "numeric", "--model", "bad", "--json");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(3, run.Json.GetProperty("questions").GetInt32());
        Assert.Equal("easy", run.Json.GetProperty("categories").GetProperty("1").GetString());
        var model = Assert.Single(run.Json.GetProperty("models").EnumerateArray());
        Assert.Equal(1 / 3.0, model.GetProperty("accuracy").GetDouble());
        Assert.Equal((1, 0, 1), (model.GetProperty("withoutAnswer").GetInt32(), model.GetProperty("missing").GetInt32(), model.GetProperty("unknown").GetInt32()));
        Assert.Equal("""{"1":0,"2":1,"ü/3":0}""", JsonSerializer.Serialize(model.GetProperty("scores")).Replace("\\u00FC", "ü", StringComparison.Ordinal));
    }

    [Fact]
    public async Task AModelWithoutOutputsIsNoError()
    {
        Write();
        _folder.Write("outputs/empty.jsonl", "");

        var all = await ToolRun.OfAsync("score", _folder.Name, "--metric", "numeric", "--json");
        var alone = await ToolRun.OfAsync("score", _folder.Name, "--metric", "numeric", "--model", "empty");

        Assert.Equal(0, all.ExitCode);
        Assert.Contains("No output of 'empty'", all.Error, StringComparison.Ordinal);
        Assert.Equal(3, all.Json.GetProperty("models").GetArrayLength());
        Assert.Equal(3, alone.ExitCode);
        Assert.Contains('–', alone.Output);
    }

    [Theory]
    [InlineData("none", "There is no file or folder")]
    [InlineData("", "has no questions.jsonl")]
    public async Task WhatIsNotThereEndsWithOne(string name, string problem)
    {
        var run = await ToolRun.OfAsync("score", Path.Combine(_folder.Name, name), "--metric", "exact");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(problem, run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    [Fact]
    public async Task AModelThatIsNotThereEndsWithOneAndNamesThoseThatAre()
    {
        Write();

        var run = await ToolRun.OfAsync("score", _folder.Name, "--metric", "exact", "--model", "none");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("bad, org/good@1", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ABrokenLineEndsWithOneAndItsNumber()
    {
        Write();
        _folder.Write("outputs/broken.jsonl", "{\"id\": 1, \"output\": \"1\"}\n{\"id\": 2, \"out");

        var run = await ToolRun.OfAsync("score", _folder.Name, "--metric", "exact");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("broken.jsonl', line 2 is not valid JSON", run.Error, StringComparison.Ordinal);
    }

    [SharedDataFact("llmdrift/PRIME_FULL_EVAL.csv.gz")]
    public async Task ATableOfAnswersIsScoredLikeAFolder()
    {
        var run = await ToolRun.OfAsync("score", SharedData.Find("llmdrift/PRIME_FULL_EVAL.csv.gz"), "--metric", "choice", "--json");

        Assert.Equal(0, run.ExitCode);
        var models = run.Json.GetProperty("models").EnumerateArray().ToDictionary(static model => model.GetProperty("model").GetString()!, static model => model.GetProperty("accuracy").GetDouble());
        Assert.Equal(0.840, models["openaichat/gpt-4-0314"], 3);
        Assert.Equal(0.511, models["openaichat/gpt-4-0613"], 3);
    }

    private void Write()
    {
        _folder.Write("questions.jsonl", """
            {"id": 1, "question": "1+1", "answer": "# 2", "category": "easy"}
            {"id": "2", "question": "7*8", "answer": 56}
            {"id": "ü/3", "question": "½", "answer": "0.5"}
            """);
        _folder.Write("outputs/org/good@1.jsonl", """
            {"id": "2", "output": "{\"answer\": \"$56\"}"}
            {"id": "ü/3", "output": ["answer: 1/2"]}
            """);
        _folder.Write("outputs/bad.jsonl", """
            {"id": 1, "output": ""}
            {"id": 2, "output": "56"}
            {"id": "ü/3", "output": "5"}
            {"id": 4, "output": "5"}
            """);
    }
}
