using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using PromptGen.Routing;
using PromptGen.Tests.Execution;
using static PromptGen.Tests.Telemetry.TelemetrySample;

namespace PromptGen.Tests.Telemetry;

/// <summary>Listeners do not affect calls; without a listener, telemetry costs nothing.</summary>
[Collection(TelemetryCollection.Name)]
public sealed class IsolationTests
{
    [Fact]
    public async Task Without_a_listener_no_span_is_started_and_the_question_costs_nothing()
    {
        using var desk = new Desk();
        Activity? seen = null;
        desk.Mini.Then((_, _) =>
        {
            seen = Activity.Current;
            throw new ProviderException(PromptErrorCode.ContentFiltered);
        });
        await desk.FailAsync();

        var telemetry = desk.Runtime.Telemetry;
        Assert.False(telemetry.IsListenedTo);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var listened = false;
        for (var i = 0; i < 1_000; i++)
        {
            listened |= telemetry.IsListenedTo;
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.False(listened);
        Assert.Null(seen);
    }

    [Theory]
    [InlineData("sample")]
    [InlineData("start")]
    [InlineData("stop")]
    public async Task A_listener_to_spans_that_throws_changes_nothing(string when)
    {
        using var root = new Activity("test").Start();
        using var listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == "PromptGen",
            Sample = (ref ActivityCreationOptions<ActivityContext> span) =>
                Mine(span.Parent.TraceId) && when == "sample" ? throw new FormatException() : ActivitySamplingResult.AllDataAndRecorded,
            ActivityStarted = span => ThrowIf(when == "start", span.TraceId),
            ActivityStopped = span => ThrowIf(when == "stop", span.TraceId),
        };
        ActivitySource.AddActivityListener(listener);
        using var desk = new Desk();

        await AssertUnchangedAsync(desk);

        Assert.Same(root, Activity.Current);

        bool Mine(ActivityTraceId trace) => trace == root.TraceId;

        void ThrowIf(bool now, ActivityTraceId trace)
        {
            if (now && Mine(trace))
            {
                throw new FormatException();
            }
        }
    }

    [Fact]
    public async Task A_listener_to_measurements_that_throws_changes_nothing_and_spans_still_end()
    {
        using var probe = new TelemetryProbe();
        using var listener = new MeterListener
        {
            InstrumentPublished = static (instrument, listener) =>
            {
                if (instrument.Meter.Name == "PromptGen")
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((_, _, _, _) => Throw());
        listener.SetMeasurementEventCallback<double>((_, _, _, _) => Throw());
        listener.Start();
        using var desk = new Desk();

        await AssertUnchangedAsync(desk);

        Assert.Equal(4, probe.Attempts.Count);
        Assert.Equal(2, probe.Spans.Count(static span => span.Kind == ActivityKind.Internal));

        void Throw()
        {
            if (Activity.Current?.TraceId == probe.Root.TraceId)
            {
                throw new FormatException();
            }
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_logger_that_throws_changes_nothing(bool whenAsked)
    {
        using var logger = new BrokenLogger(whenAsked);
        using var desk = new Desk(builder => builder.UseLoggerFactory(logger));

        await AssertUnchangedAsync(desk);
    }

    private static async Task AssertUnchangedAsync(Desk desk)
    {
        desk.Mini.Answers("no").Answers(Good).Fails(new ProviderException(PromptErrorCode.Auth));
        desk.Haiku.Fails(new ProviderException(PromptErrorCode.Auth));
        Assert.Equal("mini Initial InvalidJson, mini Repair None", (await desk.AskAsync()).Attempts.Line());
        var error = await desk.FailAsync(Sample.Define(route: new PromptStep(Tier.Fast, [Sample.Mini, Sample.Haiku])));
        Assert.Equal(PromptErrorCode.RouteExhausted, error.Code);
        Assert.Equal("mini Initial Auth, haiku Fallback Auth", error.Attempts.Line());
    }

    private sealed class BrokenLogger(bool whenAsked) : ILoggerFactory, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => whenAsked ? throw new FormatException() : true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            throw new FormatException();

        public void Dispose()
        {
        }
    }
}
