using System.Text.Json;
using PromptGen.Cli.Explain;

namespace PromptGen.Cli.Tests;

public sealed class ExplainTests
{
    [Fact]
    public async Task ShowsTheRouteOfAPrompt()
    {
        var run = await ToolRun.OfAsync("explain", ToolRun.SupportDesk, "--prompt", "SupportDesk.TriageAsync");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("Fast: gpt-5.6-luna (openai, $0.2 / $1.2 per million tokens), claude-haiku-4-5-20251001", run.Output, StringComparison.Ordinal);
        Assert.Contains("[AcceptWhen(\"Confidence\", AtLeast = 0.8)]", run.Output, StringComparison.Ordinal);
        Assert.Contains("for all other models: ", run.Output, StringComparison.Ordinal);
        Assert.Contains("for claude*: file Prompts/triage.claude.prompt", run.Output, StringComparison.Ordinal);
        Assert.Contains("longest  90.0 s", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("TriagePrivatelyAsync", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GivesTheSameFactsAsJson()
    {
        var run = await ToolRun.OfAsync("explain", ToolRun.SupportDesk, "--json");

        var prompt = run.Json.EnumerateArray().Single(static prompt => prompt.GetProperty("name").GetString() == "SupportDesk.TriageAsync");
        Assert.Equal(["Fast", "General", "Deep"], prompt.GetProperty("route").EnumerateArray().Select(static step => step.GetProperty("tier").GetString()));
        Assert.Equal(JsonValueKind.Number, prompt.GetProperty("worstCaseUsd").ValueKind);
        Assert.Equal(90, prompt.GetProperty("longestSeconds").GetDouble());

        // "You triage support tickets for ", before {{product}}.
        Assert.Equal(31, prompt.GetProperty("templates").EnumerateArray().Select(static template => template.GetProperty("fixedPrefix").GetInt32()).First());
    }

    [Fact]
    public async Task AnOnlyTemplateIsForAllModels()
    {
        var run = await ToolRun.OfAsync("explain", ToolRun.SupportDesk, "--prompt", "SupportDesk.TriagePrivatelyAsync");

        Assert.Contains("for all models: ", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("all other models", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ShowsWhatCallsTypicallyCostWhereThereIsALedger()
    {
        await using var ledger = await LedgerFile.CreateAsync(prompt: "SupportDesk.TriageAsync");

        var run = await ToolRun.OfAsync("explain", ToolRun.SupportDesk, "--ledger", ledger.Name);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("typical  $0.001500 and 2 ms, 95 of 100 within 2.5 s, of 2 answers", run.Output, StringComparison.Ordinal);
        Assert.Single(run.Output.Split("typical"), static part => part.Contains("of 2 answers", StringComparison.Ordinal));
    }

    [Fact]
    public async Task TheSameBuildHasNoDifference()
    {
        var run = await ToolRun.OfAsync("explain", ToolRun.SupportDesk, "--diff", ToolRun.SupportDesk);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("The builds declare the same prompts.", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void NamesWhatChangedAndNothingElse()
    {
        var before = new PromptFacts("Desk.AskAsync", "aaaaaaaa", [Step("a")], ["[Budget(1)]", "[Cached(60)]"], [new TemplateFacts("all other models", null, "Hello", 5)], [], 0.5m, 10);
        var after = before with { Version = "bbbbbbbb", Route = [Step("a"), Step("b")], Clauses = ["[Cached(60)]"], WorstCaseUsd = 0.75m };

        var difference = Assert.Single(BuildDifference.Between([before, before with { Name = "Desk.SameAsync" }], [after, before with { Name = "Desk.SameAsync" }]));

        Assert.Equal("changed", difference.Change);
        Assert.Equal(
            [
                new FactChange("version", "aaaaaaaa", "bbbbbbbb"),
                new FactChange("worst case", "$0.5000", "$0.7500"),
                new FactChange("clause [Budget(1)]", "[Budget(1)]", null),
                new FactChange("route 2", null, "Fast: b"),
            ],
            difference.Details);
    }

    [Theory]
    [InlineData(0.5, "$0.5000 and the tokens of the parameters")]
    [InlineData(null, "unknown: the catalog lacks a price or a token limit of a model")]
    public void SaysWhyTheWorstCaseIsNotKnown(double? usd, string said) =>
        Assert.Equal(said, new PromptFacts("Desk.AskAsync", "aaaaaaaa", [], [], [], [], (decimal?)usd, 10).WorstCase);

    [Fact]
    public void NamesPromptsThatCameAndWent()
    {
        var prompt = new PromptFacts("Desk.OldAsync", "aaaaaaaa", [], [], [], [], null, 10);

        var differences = BuildDifference.Between([prompt], [prompt with { Name = "Desk.NewAsync" }]);

        Assert.Equal([("Desk.NewAsync", "added"), ("Desk.OldAsync", "removed")], differences.Select(static difference => (difference.Name, difference.Change)));
    }

    private static StepFacts Step(string model) => new("step", Tier.Fast, 0, [model], []);
}
