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
            using var process = Start(server, data, "skip");
            using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var ending = process.WaitForExitAsync(ended.Token);
            await Task.WhenAny(server.WaitForRequestAsync(server.Requests.Count + random.Next(1, Items / 5), ended.Token), ending);
            Assert.False(process.HasExited, $"A run ended before it was killed: {(process.HasExited ? await process.StandardOutput.ReadToEndAsync(cancellationToken) : "")}");
            process.Kill();
            await ending;
            await ended.CancelAsync();
            await server.WaitForIdleAsync(cancellationToken);
        }

        var (code, skipped) = await EndAsync(server, data, "skip", cancellationToken);
        var unknown = skipped.GetProperty("notMeasured").GetInt32();
        Assert.Equal(unknown, skipped.GetProperty("unknown").GetInt64());
        Assert.Equal(unknown == 0 ? 0 : 3, code);
        Assert.InRange(unknown, 0, 4 * 8);
        Assert.All(Asked(server), static ticket => Assert.Equal(1, ticket.Value));
        Assert.Equal(Items - unknown, skipped.GetProperty("models")[0].GetProperty("answers").GetInt32());

        // Only the requests with an unknown outcome are asked again, and only when that is wanted.
        var before = server.Requests.Count;
        var (last, whole) = await EndAsync(server, data, "retry", cancellationToken);
        Assert.Equal((0, Items), (last, whole.GetProperty("models")[0].GetProperty("answers").GetInt32()));
        Assert.Equal(unknown, server.Requests.Count - before);
        Assert.Equal(1.0, whole.GetProperty("models")[0].GetProperty("accuracy").GetDouble());
        Assert.Equal(Items * 0.000044m, Items * whole.GetProperty("models")[0].GetProperty("costUsd").GetDecimal());
    }

    private static Dictionary<string, int> Asked(ModelServer server) =>
        server.Requests.GroupBy(static request => request.TextOf("user").Split("number ")[1].Split('.')[0]).ToDictionary(static ticket => ticket.Key, static ticket => ticket.Count());

    private async Task<(int Code, JsonElement Json)> EndAsync(ModelServer server, string data, string unknown, CancellationToken cancellationToken)
    {
        using var process = Start(server, data, unknown);
        var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return (process.ExitCode, JsonDocument.Parse(output).RootElement);
    }

    private Process Start(ModelServer server, string data, string unknown)
    {
        string[] arguments =
        [
            Tool, "eval", ToolRun.SupportDesk, data, "--prompt", "SupportDesk.TriageAsync", "--model", "gpt-5.6-luna", "--store",
            Path.Combine(_folder.Name, "eval.db"), "--unknown", unknown, "--json",
        ];
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", arguments) { RedirectStandardOutput = true };
        start.Environment["OPENAI_API_KEY"] = "k";
        start.Environment["OPENAI_BASE_URL"] = server.OpenAIEndpoint.ToString();
        return Process.Start(start)!;
    }
}
