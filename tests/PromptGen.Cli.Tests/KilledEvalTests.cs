using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using PromptGen.Testing;

namespace PromptGen.Cli.Tests;

/// <summary>The tool is killed while it evaluates and is started again: what the server has counted is what a provider would charge.</summary>
public sealed class KilledEvalTests : IDisposable
{
    private const int Items = 150;

    private readonly TempFolder _folder = new();

    /// <summary>The tool in its own folder: in the one of the tests, it has the test's dependencies. …/tests/PromptGen.Cli.Tests/bin/Release/net10.0/</summary>
    private static string Tool => Path.Combine(Repository.Root, "src", "PromptGen.Cli", "bin", new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name, "net10.0", "PromptGen.Cli.dll");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task NothingIsPaidTwiceByARunThatIsKilled()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var random = new Random(7);
        await using var server = await ModelServer.StartAsync(
            static _ => ModelReply.Json(new { queue = "Billing", urgency = 3, summary = "s", confidence = 0.9 }, inputTokens: 100, outputTokens: 20) with { Delay = TimeSpan.FromMilliseconds(5) }, TimeProvider.System);
        var data = _folder.Write("tickets.jsonl", string.Join('\n', Enumerable.Range(0, Items).Select(static i =>
            string.Create(CultureInfo.InvariantCulture, $$$"""{"id": "t{{{i}}}", "input": {"product": "Ledger", "ticket": "Ticket number {{{i}}}."}, "expected": {"queue": "Billing"}}"""))));

        for (var kill = 0; kill < 4; kill++)
        {
            await KillAsync(server, StartTriage, random.Next(1, Items / 5));
        }

        var (code, skipped) = await EndAsync(() => StartTriage("skip"), cancellationToken);
        var unknown = skipped.GetProperty("notMeasured").GetInt32();
        Assert.Equal(unknown, skipped.GetProperty("unknown").GetInt64());
        Assert.Equal(unknown == 0 ? 0 : 3, code);
        Assert.InRange(unknown, 0, 4 * 8);
        Assert.All(Asked(server), static ticket => Assert.Equal(1, ticket.Value));
        Assert.Equal(Items - unknown, skipped.GetProperty("models")[0].GetProperty("answers").GetInt32());

        // Only the requests with an unknown outcome are asked again, and only when that is wanted.
        var before = server.Requests.Count;
        var (last, whole) = await EndAsync(() => StartTriage("retry"), cancellationToken);
        Assert.Equal((0, Items), (last, whole.GetProperty("models")[0].GetProperty("answers").GetInt32()));
        Assert.Equal(unknown, server.Requests.Count - before);
        Assert.Equal(1.0, whole.GetProperty("models")[0].GetProperty("accuracy").GetDouble());
        Assert.Equal(Items * 0.000044m, Items * whole.GetProperty("models")[0].GetProperty("costUsd").GetDecimal());

        Process StartTriage(string unknown) => Start(server, ToolRun.SupportDesk, data, "SupportDesk.TriageAsync", unknown, "--model", "gpt-5.6-luna");
    }

    /// <summary>The same with a prompt that judges: neither an answer nor a judgement is paid twice.</summary>
    [Fact]
    public async Task NothingIsPaidTwiceByAJudgedRunThatIsKilled()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var random = new Random(11);
        await using var server = await ModelServer.StartAsync(
            static request => ModelReply.Text(request.ModelId == JudgedModels.Judges ? """{"value": 1}""" : "Billing", inputTokens: 100, outputTokens: 20) with { Delay = TimeSpan.FromMilliseconds(5) }, TimeProvider.System);
        var data = _folder.Write("tickets.jsonl", string.Join('\n', Enumerable.Range(0, Items).Select(static i => string.Create(CultureInfo.InvariantCulture, $$$"""{"id": "t{{{i}}}", "input": {"ticket": "{{{i}}}"}, "expected": "Billing"}"""))));

        for (var kill = 0; kill < 3; kill++)
        {
            await KillAsync(server, StartJudged, random.Next(1, Items / 2));
        }

        var (_, skipped) = await EndAsync(() => StartJudged("skip"), cancellationToken);
        Assert.InRange(skipped.GetProperty("notMeasured").GetInt32(), 0, 3 * 8);
        Assert.Equal(skipped.GetProperty("notMeasured").GetInt32(), skipped.GetProperty("unknown").GetInt64());
        Assert.All(server.Requests.CountBy(static request => (request.ModelId, request.TextOf("user"))), static request => Assert.Equal(1, request.Value));

        var (last, whole) = await EndAsync(() => StartJudged("retry"), cancellationToken);
        Assert.Equal((0, Items), (last, whole.GetProperty("models")[0].GetProperty("answers").GetInt32()));
        Assert.Equal(Items, server.Requests.Select(static request => (request.ModelId, request.TextOf("user"))).Distinct().Count(static request => request.ModelId == JudgedModels.Judges));

        Process StartJudged(string unknown) => Start(server, typeof(JudgedDesk).Assembly.Location, data, "JudgedDesk.QueueAsync", unknown, "--metric", "JudgedDesk.RateAsync");
    }

    private static Dictionary<string, int> Asked(ModelServer server) =>
        server.Requests.GroupBy(static request => request.TextOf("user").Split("number ")[1].Split('.')[0]).ToDictionary(static ticket => ticket.Key, static ticket => ticket.Count());

    /// <summary>Starts a run, and kills it when the server has got some more requests.</summary>
    private static async Task KillAsync(ModelServer server, Func<string, Process> start, int requests)
    {
        using var process = start("skip");
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var ending = process.WaitForExitAsync(ended.Token);
        await Task.WhenAny(server.WaitForRequestAsync(server.Requests.Count + requests, ended.Token), ending);
        Assert.False(process.HasExited, $"A run ended before it was killed: {(process.HasExited ? await process.StandardOutput.ReadToEndAsync(ended.Token) : "")}");
        process.Kill();
        await ending;
        await ended.CancelAsync();
        await server.WaitForIdleAsync(TestContext.Current.CancellationToken);
    }

    private static async Task<(int Code, JsonElement Json)> EndAsync(Func<Process> start, CancellationToken cancellationToken)
    {
        using var process = start();
        var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return (process.ExitCode, JsonDocument.Parse(output).RootElement);
    }

    private Process Start(ModelServer server, string assembly, string data, string prompt, string unknown, params string[] options)
    {
        string[] arguments = [Tool, "eval", assembly, data, "--prompt", prompt, "--store", Path.Combine(_folder.Name, "eval.db"), "--unknown", unknown, "--json", .. options];
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", arguments) { RedirectStandardOutput = true };
        start.Environment["OPENAI_API_KEY"] = "k";
        start.Environment["OPENAI_BASE_URL"] = server.OpenAIEndpoint.ToString();
        return Process.Start(start)!;
    }
}
