using System.Globalization;

namespace PromptGen.Cli.Tests;

public sealed class CompareTests : IDisposable
{
    private const string Prime = "llmdrift/PRIME_FULL_EVAL.csv.gz";

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SharedDataFact(Prime)]
    public async Task ThePrimeDropOfGpt4IsARegressionAndItsCategoryIsNamed()
    {
        var (junit, markdown) = (Path.Combine(_folder.Name, "junit.xml"), Path.Combine(_folder.Name, "report.md"));
        string[] line = ["compare", SharedData.Find(Prime), SharedData.Find(Prime), "--base-model", "openaichat/gpt-4-0314", "--candidate-model", "openaichat/gpt-4-0613", "--metric", "choice"];

        var run = await ToolRun.OfAsync([.. line, "--json", "--junit", junit, "--markdown", markdown]);

        Assert.Equal(100, run.ExitCode);
        Assert.Equal("worse", run.Json.GetProperty("verdict").GetString());
        Assert.Equal(0.840, run.Json.GetProperty("baseScore").GetDouble(), 3);
        Assert.Equal(0.511, run.Json.GetProperty("candidateScore").GetDouble(), 3);
        Assert.InRange(run.Json.GetProperty("pValue").GetDouble(), 0, 1e-40);
        Assert.Equal("prime", Assert.Single(run.Json.GetProperty("slices").EnumerateArray(), static slice => slice.GetProperty("verdict").GetString() == "worse").GetProperty("category").GetString());

        var suite = JUnitSchema.Read(junit);
        Assert.Equal("2", suite.Attribute("failures")!.Value);
        Assert.Equal(["all", "composite", "prime"], suite.Elements("testcase").Select(static test => test.Attribute("name")!.Value));
        Assert.Contains("| all | 1000 | 84.00 % | 51.10 % | -32.90 |", await File.ReadAllTextAsync(markdown, TestContext.Current.CancellationToken), StringComparison.Ordinal);

        var table = await ToolRun.OfAsync(line);
        Assert.Equal(100, table.ExitCode);
        Assert.Contains("Verdict: worse. Worse on: prime.", table.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(400, 0, 60, 0, 0)]
    [InlineData(400, 60, 0, 100, 1)]
    [InlineData(2000, 5, 5, 0, 2)]
    [InlineData(100, 5, 5, 3, 3)]
    public async Task TheExitCodeIsTheVerdict(int items, int onlyBase, int onlyCandidate, int exitCode, int verdict)
    {
        var words = (string[])["better", "worse", "equal", "undecided"];
        var first = Scores("a.jsonl", items, i => i >= onlyCandidate);
        var second = Scores("b.jsonl", items, i => i < items - onlyBase);

        var run = await ToolRun.OfAsync("compare", first, second, "--json");

        Assert.Equal(exitCode, run.ExitCode);
        Assert.Equal(words[verdict], run.Json.GetProperty("verdict").GetString());
        Assert.Equal((onlyCandidate, onlyBase), (run.Json.GetProperty("better").GetInt32(), run.Json.GetProperty("worse").GetInt32()));
        Assert.Equal(onlyBase, run.Json.GetProperty("worseItems").GetArrayLength());
    }

    /// <summary>A difference that one look calls significant is not yet one for the first of five; a large one ends the run.</summary>
    [Theory]
    [InlineData(18, "1", "1", 100)]
    [InlineData(18, "1", "5", 3)]
    [InlineData(18, "5", "5", 100)]
    [InlineData(60, "1", "5", 100)]
    public async Task LooksAtARunThatStillGrowsAreCorrected(int onlyBase, string look, string looks, int exitCode)
    {
        var first = Scores("a.jsonl", 400, static i => i >= 4);
        var second = Scores("b.jsonl", 400, i => i < 400 - onlyBase);

        Assert.Equal(exitCode, (await ToolRun.OfAsync("compare", first, second, "--looks", looks, "--look", look)).ExitCode);
        Assert.Equal(2, (await ToolRun.OfAsync("compare", first, second, "--looks", looks, "--look", "6")).ExitCode);
    }

    [Fact]
    public async Task RepeatsOfAnItemCountOnceAsTheirMean()
    {
        var first = _folder.Write("a.jsonl", """
            {"id": 1, "repeat": 1, "passed": true}
            {"id": 1, "repeat": 2, "passed": false}
            {"id": 2, "repeat": 1, "passed": false}
            {"id": 2, "repeat": 2, "passed": false}
            """);
        var second = _folder.Write("b.jsonl", """
            {"id": 1, "score": 1}
            {"id": 2, "score": 0.5}
            """);

        var run = await ToolRun.OfAsync("compare", first, second, "--json");

        Assert.Equal((2, 0.25, 0.75), (run.Json.GetProperty("items").GetInt32(), run.Json.GetProperty("baseScore").GetDouble(), run.Json.GetProperty("candidateScore").GetDouble()));
        Assert.Equal(1, (await ToolRun.OfAsync("compare", _folder.Write("c.jsonl", "{\"id\": 1, \"repeat\": 1, \"score\": 1}\n{\"id\": 1, \"repeat\": 1, \"score\": 1}"), second)).ExitCode);
    }

    [Fact]
    public async Task WithoutAMarginNothingIsEqual()
    {
        var first = Scores("a.jsonl", 2_000, static _ => true);

        Assert.Equal(0, (await ToolRun.OfAsync("compare", first, first)).ExitCode);
        Assert.Equal(3, (await ToolRun.OfAsync("compare", first, first, "--margin", "0")).ExitCode);
    }

    [Fact]
    public async Task ARegressionOfOneCategoryIsARegression()
    {
        string Line(int i, bool passed) => string.Create(CultureInfo.InvariantCulture, $$"""{"id": {{i}}, "passed": {{(passed ? "true" : "false")}}, "category": "{{(i % 10 == 0 ? "rare|<case>" : "usual")}}"}""");
        var first = _folder.Write("a.jsonl", string.Join('\n', Enumerable.Range(0, 1_000).Select(static i => (i, i % 10 == 0 || i % 10 > 3)).Select(pair => Line(pair.i, pair.Item2))));
        var second = _folder.Write("b.jsonl", string.Join('\n', Enumerable.Range(0, 1_000).Select(static i => (i, i % 10 != 0)).Select(pair => Line(pair.i, pair.Item2))));

        var run = await ToolRun.OfAsync("compare", first, second, "--markdown", Path.Combine(_folder.Name, "r.md"));

        Assert.Equal(100, run.ExitCode);
        Assert.Contains("Verdict: better. Worse on: rare|<case>.", run.Output, StringComparison.Ordinal);
        Assert.Contains(@"| rare\|&lt;case> | 100 |", await File.ReadAllTextAsync(Path.Combine(_folder.Name, "r.md"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ScoresBetween0And1AreComparedByTheirMeans()
    {
        string Lines(double shift) => string.Join('\n', Enumerable.Range(0, 50).Select(i => string.Create(CultureInfo.InvariantCulture, $$"""{"id": "{{i}}", "score": {{0.5 + shift + (0.01 * (i % 7))}}, "model": "m"}""")));

        var run = await ToolRun.OfAsync("compare", _folder.Write("a.jsonl", Lines(0)), _folder.Write("b.jsonl", Lines(-0.1)), "--json");

        Assert.Equal(100, run.ExitCode);
        Assert.Equal(-0.1, run.Json.GetProperty("difference").GetDouble(), 9);
        Assert.Equal("m", run.Json.GetProperty("base").GetString());
    }

    [Fact]
    public async Task WhatScoreWritesIsWhatCompareReads()
    {
        _folder.Write("set/questions.jsonl", string.Join('\n', Enumerable.Range(0, 300).Select(static i => $$"""{"id": {{i}}, "answer": "{{i}}", "category": "{{(i < 150 ? "low" : "high")}}"}""")));
        _folder.Write("set/outputs/good.jsonl", string.Join('\n', Enumerable.Range(0, 300).Select(static i => $$"""{"id": {{i}}, "output": "{{i}}"}""")));
        _folder.Write("set/outputs/bad.jsonl", string.Join('\n', Enumerable.Range(0, 300).Select(static i => $$"""{"id": {{i}}, "output": "{{(i < 280 ? i : 0)}}"}""")));
        var set = Path.Combine(_folder.Name, "set");
        var scores = _folder.Write("scores.json", (await ToolRun.OfAsync("score", set, "--metric", "numeric", "--json")).Output);

        var run = await ToolRun.OfAsync("compare", scores, scores, "--base-model", "good", "--candidate-model", "bad", "--json");
        var direct = await ToolRun.OfAsync("compare", set, set, "--base-model", "good", "--candidate-model", "bad", "--metric", "numeric", "--json");

        Assert.Equal(100, run.ExitCode);
        Assert.Equal(direct.Output, run.Output);
        Assert.Equal(2, run.Json.GetProperty("slices").GetArrayLength());
    }

    [Fact]
    public async Task DifferentItemsAreNotComparedUnlessAsked()
    {
        var first = Scores("a.jsonl", 300, static i => i < 250);
        var second = Scores("b.jsonl", 310, static i => i < 100);
        var other = _folder.Write("c.jsonl", """{"id": "x", "score": 1}""");

        var refused = await ToolRun.OfAsync("compare", first, second);
        Assert.Equal(3, refused.ExitCode);
        Assert.Contains("10 items, such as '300'", refused.Error, StringComparison.Ordinal);
        Assert.Equal(100, (await ToolRun.OfAsync("compare", first, second, "--common")).ExitCode);
        Assert.Equal(3, (await ToolRun.OfAsync("compare", first, other, "--common")).ExitCode);
    }

    [Theory]
    [InlineData("{\"id\": 1}", 1, "line 1 needs a 'score' from 0 to 1, or 'passed'")]
    [InlineData("{\"id\": 1, \"score\": 7}", 1, "line 1 needs a 'score'")]
    [InlineData("{\"id\": 1, \"score\": 1}\n{\"id\": 1, \"score\": 0}", 1, "second score")]
    [InlineData("", 1, "has no scores")]
    [InlineData("{\"id\": 1, \"score\": 1, \"model\": \"a\"}\n{\"id\": 1, \"score\": 0, \"model\": \"b\"}", 2, "--base-model: a, b")]
    public async Task ScoresThatCannotBeUsedAreNamed(string text, int exitCode, string problem)
    {
        var file = _folder.Write("a.jsonl", text);

        var run = await ToolRun.OfAsync("compare", file, file);

        Assert.Equal(exitCode, run.ExitCode);
        Assert.Contains(problem, run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[1]")]
    [InlineData("{\"models\": [{\"model\": \"m\", \"scores\": {\"1\": \"x\"}}]}")]
    [InlineData("{\"models\": [{\"model\": \"m\", \"scores\": {\"1\": 2}}]}")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("{\"models\": [null]}")]
    public async Task AnyOtherJsonIsNoScores(string text)
    {
        var file = _folder.Write("a.json", text);

        var run = await ToolRun.OfAsync("compare", file, file);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("a.json", run.Error, StringComparison.Ordinal);
    }

    private string Scores(string name, int items, Func<int, bool> passes) =>
        _folder.Write(name, string.Join('\n', Enumerable.Range(0, items).Select(i => $$"""{"id": {{i}}, "score": {{(passes(i) ? 1 : 0)}}}""")));
}
