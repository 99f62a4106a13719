using PromptGen;
using PromptGen.Testing;

namespace Acme.Telemetry;

/// <summary>Three tickets, three kinds of trouble: a provider that fails once, one whose quota is exhausted, an answer that is not good enough.</summary>
internal static class TelemetryApp
{
    public static async Task RunAsync(TextWriter output, Uri? otlp)
    {
        await using var server = await ModelServer.StartAsync();
        server.Enqueue(Models.Luna, ModelReply.Error(500), Answer(2, 0.9));
        server.Enqueue(Models.Luna, ModelReply.Error(429, "insufficient_quota"));
        server.Enqueue(Models.Haiku, Answer(5, 0.95), Answer(9, 0.9), Answer(3, 0.4));
        server.Enqueue(Models.Sonnet, Answer(3, 0.97));

        var telemetry = new TelemetryPipeline(output, otlp);
        using var prompts = PromptRuntime.Create(builder =>
        {
            builder.AddOpenAI("key-of-the-sample", server.OpenAIEndpoint)
                .AddAnthropic("key-of-the-sample", server.AnthropicEndpoint)
                .UseLoggerFactory(telemetry.Loggers);
            builder.Resilience.RetryDelay = TimeSpan.FromMilliseconds(20);
        });
        using var shownFirst = telemetry; // Circuits are shown as long as their runtime lives.
        var desk = new HelpDesk(prompts);
        foreach (var ticket in (string[])["The logo is blurred", "All users are locked out", "I was charged twice"])
        {
            var result = await desk.RateAsync(ticket);
            await output.WriteLineAsync($"answer  {ticket}: {result.Value.Level} by {result.ModelId} after {result.Attempts.Count} attempts, {result.Cost}");
        }
    }

    private static ModelReply Answer(int level, double confidence) => ModelReply.Json(new Urgency(level, confidence), inputTokens: 60, outputTokens: 12);
}
