using System.Text.Json;

namespace PromptGen.Cli.Tests;

/// <summary>Items are checked against an assembly, and against its manifest as a file, without keys.</summary>
public sealed class EvalCheckTests : IDisposable
{
    private const string Triage = "SupportDesk.TriageAsync";

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task ASetIsCheckedWithoutTheAssembly()
    {
        var manifest = await ManifestAsync();
        var good = _folder.Write("good.jsonl", """{"id": 1, "input": {"product": "Ledger", "ticket": "I paid twice"}, "expected": {"queue": "Billing", "urgency": 3}}""");

        var text = await ToolRun.OfAsync("eval", manifest, good, "--prompt", Triage, "--check");
        var json = await ToolRun.OfAsync("eval", manifest, good, "--prompt", Triage, "--check", "--json");
        var byAssembly = await ToolRun.OfAsync("eval", ToolRun.SupportDesk, good, "--prompt", Triage, "--check", "--json");

        Assert.Equal((0, ""), (text.ExitCode, text.Error));
        Assert.Contains("1 item, data ", text.Output, StringComparison.Ordinal);
        Assert.Contains($": all suit {Triage} ", text.Output, StringComparison.Ordinal);
        Assert.Equal((1, 0), (json.Json.GetProperty("items").GetInt32(), json.Json.GetProperty("faults").GetArrayLength()));
        Assert.Equal(byAssembly.Output, json.Output);
    }

    [Fact]
    public async Task FaultsAreReportedByFileAndLine()
    {
        var manifest = await ManifestAsync();
        var bad = _folder.Write("bad.jsonl", """
            {"id": 1, "input": {"product": "Ledger", "ticket": "I paid twice"}, "expected": {"queue": "Billing"}}
            {"id": 2, "input": {"product": "Ledger"}, "expected": {"queue": "Nowhere"}}

            {"id": 3, "input": {"product": 3, "ticket": "x", "size": 1}, "expected": {"urgency": "high"}}
            """);

        var run = await ToolRun.OfAsync("eval", manifest, bad, "--prompt", Triage, "--check");
        var json = await ToolRun.OfAsync("eval", manifest, bad, "--prompt", Triage, "--check", "--json");
        var byAssembly = await ToolRun.OfAsync("eval", ToolRun.SupportDesk, bad, "--prompt", Triage, "--check");

        Assert.Equal((1, 1, 1), (run.ExitCode, json.ExitCode, byAssembly.ExitCode));
        var faults = run.Error.TrimEnd().Split(Environment.NewLine);
        Assert.Equal(faults, json.Json.GetProperty("faults").EnumerateArray().Select(static fault => fault.GetString()));
        Assert.Equal(5, faults.Length);
        Assert.Contains("bad.jsonl', line 2 ('2') has no input 'ticket'.", faults[0], StringComparison.Ordinal);
        Assert.Contains("line 2 ('2') expects what the contract does not allow at '/queue'", faults[1], StringComparison.Ordinal);
        Assert.Contains("line 4 ('3') has an input 'size', which is no parameter of the prompt", faults[2], StringComparison.Ordinal);
        Assert.Contains("line 4 ('3') has an input 'product' that its parameter does not take: ", faults[3], StringComparison.Ordinal);
        Assert.Contains("line 4 ('3') expects what the contract does not allow at '/urgency'", faults[4], StringComparison.Ordinal);
        Assert.Equal(5, byAssembly.Error.TrimEnd().Split(Environment.NewLine).Length);
    }

    [Fact]
    public async Task TheManifestHasASchemaForEachInputAndTheContract()
    {
        var prompts = JsonDocument.Parse(await File.ReadAllTextAsync(await ManifestAsync(), TestContext.Current.CancellationToken)).RootElement.EnumerateArray().ToArray();
        var schemas = prompts.Single(static prompt => prompt.GetProperty("name").GetString() == Triage).GetProperty("schemas");

        Assert.Equal(["product", "ticket"], schemas.GetProperty("inputs").EnumerateArray().Select(static input => input.GetProperty("name").GetString()));
        Assert.All(schemas.GetProperty("inputs").EnumerateArray(), static input => Assert.Equal(("string", true), (input.GetProperty("schema").GetProperty("type").GetString(), input.GetProperty("required").GetBoolean())));
        Assert.Equal("object", schemas.GetProperty("answer").GetProperty("type").GetString());
    }

    [Fact]
    public async Task WhatCannotBeCheckedIsSaid()
    {
        var manifest = await ManifestAsync();
        var set = _folder.Write("set.jsonl", """{"id": 1, "input": {"ticket": "x"}, "expected": 1}""");

        await SaysAsync(2, "has several prompts; name one with --prompt", "eval", manifest, set, "--check");
        await SaysAsync(2, "has no prompt 'None'", "eval", manifest, set, "--check", "--prompt", "None");
        await SaysAsync(2, "is no assembly", "eval", manifest, set, "--prompt", Triage);
        await SaysAsync(1, "is not what 'promptgen explain --json' writes", "eval", _folder.Write("x.json", "{}"), set, "--check");
        await SaysAsync(1, "has no prompts", "eval", _folder.Write("none.json", "[]"), set, "--check");
        await SaysAsync(1, "cannot be read", "eval", Path.Combine(_folder.Name, "missing.json"), set, "--check");
        await SaysAsync(1, "has no schemas of Old.AskAsync", "eval", _folder.Write("old.json", """[{"name": "Old.AskAsync", "version": "12345678"}]"""), set, "--check");

        static async Task SaysAsync(int code, string problem, params string[] arguments)
        {
            var run = await ToolRun.OfAsync(arguments);
            Assert.Equal(code, run.ExitCode);
            Assert.Contains(problem, run.Error, StringComparison.Ordinal);
        }
    }

    private async Task<string> ManifestAsync() => _folder.Write("prompts.json", (await ToolRun.OfAsync("explain", ToolRun.SupportDesk, "--json")).Output);
}
