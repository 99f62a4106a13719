using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using PromptGen.Testing;

namespace PromptGen.EndToEnd.Tests.Wall;

/// <summary>Rows 72 and 73: what telemetry, logs and exceptions contain, and listeners that throw. Runs alone, because a listener that throws affects all tests.</summary>
[Collection(nameof(Alone))]
public sealed class LeakTests : WallTests
{
    // Keys and prompts are secrets in every test of the wall; here they are in everything that a provider can say, too.
    [Theory]
    [ViaBoth(400, 401, 429, 500)]
    public async Task Row72_What_a_provider_repeats_of_key_and_prompt_is_in_no_span_no_log_and_no_exception(Via via, int status)
    {
        Otherwise = _ => ModelReply.Error(status, message: ErrorText) with { Headers = new Dictionary<string, string> { ["x-echo"] = ErrorText } };

        var call = await AskAsync(via);

        Assert.NotNull(call.Failure);
        Assert.NotEmpty(Log.Lines);
        LetRecover();
    }

    [Theory]
    [ViaBoth]
    public async Task Row72_With_content_on_it_is_redacted_first(Via via)
    {
        var seen = 0;
        Configure = builder =>
        {
            builder.Telemetry.CaptureContent = true;
            builder.Telemetry.Redact = text =>
            {
                Interlocked.Increment(ref seen);
                return text.Replace("CANARY", "•••", StringComparison.Ordinal);
            };
        };
        Enqueue(via, Reply(Good));

        await AskAsync(via);

        Assert.True(seen > 0);
    }

    [Theory]
    [ViaBoth]
    public async Task Row73_A_logger_that_throws_changes_no_call(Via via)
    {
        Configure = static builder => builder.UseLoggerFactory(new BrokenLog());
        Enqueue(via, ModelReply.Error(500), Reply(Good));

        Assert.Equal([$"{Primary(via)} Initial ServerError", $"{Primary(via)} Retry None"], (await AskAsync(via)).Ledger);
        Renew();
    }

    [Theory]
    [ViaBoth("started", "stopped", "sampled")]
    public async Task Row73_A_listener_of_spans_that_throws_changes_no_call(Via via, string moment)
    {
        using var listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == "PromptGen",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => moment == "sampled" ? throw new InvalidOperationException() : ActivitySamplingResult.AllData,
            ActivityStarted = _ => Throw(moment == "started"),
            ActivityStopped = _ => Throw(moment == "stopped"),
        };
        ActivitySource.AddActivityListener(listener);
        Enqueue(via, ModelReply.Error(500), Reply(Good));

        var call = await SitOutUnheardAsync(via);

        Assert.Equal([$"{Primary(via)} Initial ServerError", $"{Primary(via)} Retry None"], call.Attempts.Select(static attempt => $"{attempt.ModelId} {attempt.Reason} {attempt.Outcome}"));
        NeverArrived = static () => -2;
    }

    [Theory]
    [ViaBoth]
    public async Task Row73_A_listener_of_measurements_that_throws_changes_no_call(Via via)
    {
        using var listener = new MeterListener { InstrumentPublished = static (instrument, listener) => Listen(instrument, listener) };
        listener.SetMeasurementEventCallback<double>(static (_, _, _, _) => throw new InvalidOperationException());
        listener.SetMeasurementEventCallback<long>(static (_, _, _, _) => throw new InvalidOperationException());
        listener.Start();
        Enqueue(via, ModelReply.Error(500), Reply(Good));

        Assert.Equal([$"{Primary(via)} Initial ServerError", $"{Primary(via)} Retry None"], (await AskAsync(via)).Ledger);
    }

    private static void Listen(Instrument instrument, MeterListener listener)
    {
        if (instrument.Meter.Name == "PromptGen")
        {
            listener.EnableMeasurementEvents(instrument);
        }
    }

    private static void Throw(bool now)
    {
        if (now)
        {
            throw new InvalidOperationException();
        }
    }

    /// <summary>A call whose spans the broken listener may keep from the one that counts them.</summary>
    private async Task<PromptResult<Report>> SitOutUnheardAsync(Via via)
    {
        var call = via == Via.OpenAI ? Desk.ViaOpenAIAsync(Ticket) : Desk.ViaAnthropicAsync(Ticket);
        Time.Advance(await Time.WaitForTimerAsync(TimeSpan.FromTicks(1), TimeSpan.FromSeconds(1)).WaitAsync(Hanging));
        return await call.WaitAsync(Hanging);
    }

    private sealed class BrokenLog : ILoggerFactory, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => throw new InvalidOperationException();

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            throw new InvalidOperationException();

        public void Dispose()
        {
        }
    }
}
