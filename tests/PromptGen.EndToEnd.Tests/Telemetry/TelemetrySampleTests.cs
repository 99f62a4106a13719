extern alias telemetrySample;

using PromptGen.Tests.Telemetry;
using telemetrySample::Acme.Telemetry;

namespace PromptGen.EndToEnd.Tests.Telemetry;

/// <summary>The sample as a newcomer runs it, with a collector beside it.</summary>
[Collection(TelemetryCollection.Name)]
public sealed class TelemetrySampleTests
{
    [Fact]
    public async Task Spans_measurements_and_log_arrive_over_OTLP()
    {
        await using var collector = await OtlpReceiver.StartAsync();

        await TelemetryApp.RunAsync(TextWriter.Null, collector.Address);

        var traces = collector.Bodies("traces");
        Assert.Contains("prompt HelpDesk.RateAsync", traces, StringComparison.Ordinal);
        Assert.Contains("chat gpt-5.6-luna", traces, StringComparison.Ordinal);
        Assert.Contains("promptgen.fallback", traces, StringComparison.Ordinal);
        var metrics = collector.Bodies("metrics");
        Assert.Contains("gen_ai.client.token.usage", metrics, StringComparison.Ordinal);
        Assert.Contains("promptgen.call.duration", metrics, StringComparison.Ordinal);
        Assert.Contains("promptgen.circuit.state", metrics, StringComparison.Ordinal);
        Assert.Contains("gen_ai.client.operation.exception", collector.Bodies("logs"), StringComparison.Ordinal);
        foreach (var secret in (string[])["key-of-the-sample", "All users are locked out", "how urgent a support ticket is"])
        {
            Assert.DoesNotContain(secret, traces + metrics + collector.Bodies("logs"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Everything_is_printed_and_an_HTTP_request_is_below_its_attempt()
    {
        using var output = new StringWriter();

        await TelemetryApp.RunAsync(TextWriter.Synchronized(output), otlp: null);

        var lines = output.ToString().Split(Environment.NewLine);
        Assert.Contains(lines, static line => line.StartsWith("answer  All users are locked out: 5 by claude-haiku-4-5-20251001 after 2 attempts", StringComparison.Ordinal));
        Assert.Contains(lines, static line => line.Contains("Warning gen_ai.client.operation.exception", StringComparison.Ordinal));
        Assert.Contains("metric  promptgen.circuit.state [1]", lines);

        // Listeners hear the whole process, other tests' calls too: it is the calls of this prompt that count.
        var spans = lines.Where(static line => line.StartsWith("span ", StringComparison.Ordinal)).Select(static line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToList();
        var calls = spans.Where(static span => span[^1] == "HelpDesk.RateAsync").Select(static span => span[1]).ToHashSet();
        var attempts = spans.Where(span => calls.Contains(span[3])).Select(static span => span[1]).ToHashSet();
        Assert.Contains(spans, span => attempts.Contains(span[3]) && span[4] == "POST");
    }
}
