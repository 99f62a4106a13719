using System.Diagnostics;
using System.Xml.Linq;

namespace PromptGen.Evaluation.Tests.Xunit;

/// <summary>The program tests/PromptGen.PromptEvals is a project of xunit v3 with <c>[PromptEval]</c>: it runs in a process of its own, twice with one store.</summary>
public sealed class PromptEvalTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("promptgen-").FullName;

    /// <summary>…/tests/PromptGen.Evaluation.Tests/bin/Release/net10.0/</summary>
    private static string Program => Path.Combine(Repository.Root, "tests", "PromptGen.PromptEvals", "bin", new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name, "net10.0", "PromptGen.PromptEvals.dll");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_real_project_passes_fails_and_is_skipped()
    {
        var tests = await RunAsync(isSecond: false);

        Assert.Equal(9, tests.Count);
        Assert.Equal(["Passes", "PaysOnce", "PaysOnceByOneModel"], Named(tests, "Pass"));
        Assert.Equal(["IsSkippedWithoutAKey", "IsSkippedWithoutAVariable"], Named(tests, "Skip"));
        Assert.Equal(["CannotDecide", "HasNoData", "HasNoRoom", "Misses"], Named(tests, "Fail"));

        var missed = tests["Misses"].Text;
        Assert.Contains("Desk.TriageAsync misses MinQuality 0.9.", missed, StringComparison.Ordinal);
        Assert.Contains("Mean 0.3333, 95 % interval 0.0615 to 0.7923; 3 of 3 items, 1 call each, by gpt-5.6-luna.", missed, StringComparison.Ordinal);
        Assert.Matches(@"Prompt version [0-9a-f]{8}, data version [0-9a-f]{16} \(tickets\)\. Spent \$0\.00003 of \$0\.05, earlier runs included\.", missed);
        Assert.Contains("Worst items: password (0), crash (0).", missed, StringComparison.Ordinal);
        Assert.DoesNotContain("forgot", missed, StringComparison.Ordinal);
        Assert.Contains("3 of 3 items, 3 calls each, by route.", tests["Passes"].Text, StringComparison.Ordinal);
        Assert.Contains("Broken measurements: 1, first crash. The metric gave NaN", tests["CannotDecide"].Text, StringComparison.Ordinal);
        Assert.Contains("Calls without a score: 3. ", tests["HasNoRoom"].Text, StringComparison.Ordinal);
        Assert.Contains("none.jsonl", tests["HasNoData"].Text, StringComparison.Ordinal);
        Assert.Contains("No model is asked: Provider 'openai' cannot be reached: it has no key", tests["IsSkippedWithoutAKey"].Text, StringComparison.Ordinal);
        Assert.Contains("No model is asked: the environment has no PROMPTGEN_NO_SUCH_KEY.", tests["IsSkippedWithoutAVariable"].Text, StringComparison.Ordinal);

        // The same again asks nothing of what is kept.
        var again = await RunAsync(isSecond: true);
        Assert.Equal(["Passes", "PaysOnce", "PaysOnceByOneModel"], Named(again, "Pass"));
        Assert.Equal(tests["PaysOnce"].Text, again["PaysOnce"].Text);
    }

    private static IEnumerable<string> Named(Dictionary<string, (string Result, string Text)> tests, string result) => tests.Where(test => test.Value.Result == result).Select(static test => test.Key).Order(StringComparer.Ordinal);

    private async Task<Dictionary<string, (string Result, string Text)>> RunAsync(bool isSecond)
    {
        var report = Path.Combine(_folder, isSecond ? "second.xml" : "first.xml");
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", ["exec", Program, "-noColor", "-xml", report]) { RedirectStandardOutput = true };
        start.Environment["PROMPTGEN_EVAL_STORE"] = Path.Combine(_folder, "eval.db");
        start.Environment["PROMPTGEN_IS_SECOND_RUN"] = isSecond ? "true" : null;
        start.Environment.Remove("OPENAI_API_KEY");
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(File.Exists(report), output);
        return XDocument.Load(report).Descendants("test").ToDictionary(
            static test => test.Attribute("method")!.Value,
            static test => (test.Attribute("result")!.Value, string.Join('\n', test.Elements().Where(static part => part.Name != "traits").Select(static part => part.Name == "failure" ? part.Element("message")!.Value : part.Value))));
    }
}
