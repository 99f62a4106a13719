using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
using Microsoft.Extensions.Logging;

namespace PromptGen.Tests.Telemetry;

/// <summary>
/// Listens to all telemetry of PromptGen. Tests run in parallel and each listener receives the telemetry of all of them, so only what belongs to the probe's own trace
/// is kept: use it in the method that makes the calls.
/// </summary>
internal sealed class TelemetryProbe : IDisposable, ILoggerFactory, ILogger
{
    private static readonly ActivitySource Tests = new("PromptGen.Tests");

    private readonly ConcurrentQueue<Activity> _spans = new();
    private readonly ConcurrentQueue<Measured> _measured = new();
    private readonly ConcurrentQueue<Logged> _logged = new();
    private readonly ActivityListener _spanListener;
    private readonly MeterListener _meterListener = new();
    private readonly Activity _root;

    public TelemetryProbe(params string[] furtherSources)
    {
        _spanListener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is "PromptGen" or "PromptGen.Tests" || furtherSources.Contains(source.Name),
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span =>
            {
                if (span.TraceId == _root?.TraceId && span != _root)
                {
                    _spans.Enqueue(span);
                }
            },
        };
        ActivitySource.AddActivityListener(_spanListener);
        _root = Tests.StartActivity("test")!;

        _meterListener.InstrumentPublished = static (instrument, listener) =>
        {
            if (instrument.Meter.Name == "PromptGen")
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _meterListener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Keep(instrument, value, tags));
        _meterListener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Keep(instrument, value, tags));
        _meterListener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Keep(instrument, value, tags));
        _meterListener.Start();
    }

    public Activity Root => _root;

    /// <summary>Spans in the order in which they ended.</summary>
    public IReadOnlyList<Activity> Spans => [.. _spans];

    /// <summary>The spans of attempts, in order.</summary>
    public IReadOnlyList<Activity> Attempts => [.. _spans.Where(static span => span.OperationName.StartsWith("chat ", StringComparison.Ordinal))];

    /// <summary>The span of the only call.</summary>
    public Activity Call => _spans.Single(static span => span.OperationName.StartsWith("prompt ", StringComparison.Ordinal));

    public IReadOnlyList<Measured> Measurements => [.. _measured];

    public IReadOnlyList<Logged> Logs => [.. _logged];

    /// <summary>The attributes of a span, one <c>name=value</c> each, ordered by name.</summary>
    public static string[] Describe(Activity span) =>
        [.. span.TagObjects.Select(static tag => $"{tag.Key}={Text(tag.Value)}").Order(StringComparer.Ordinal)];

    /// <summary>The measurements of an instrument, one <c>value {name=value, …}</c> each, in order.</summary>
    public string[] Of(string instrument) =>
        [.. _measured.Where(measured => measured.Instrument.Name == instrument).Select(static measured => measured.ToString())];

    /// <summary>Everything heard, as one text to look for secrets in.</summary>
    public string Everything() => string.Join('\n', [
        .. Spans.Select(static span => $"{span.OperationName} {span.DisplayName} {span.Status} {span.StatusDescription} {string.Join(' ', Describe(span))} "
            + string.Join(' ', span.Events.SelectMany(static e => e.Tags.Select(tag => $"{e.Name} {tag.Key}={Text(tag.Value)}")))
            + string.Join(' ', span.Baggage.Select(static item => item.Key + item.Value))),
        .. Measurements.Select(static measured => $"{measured.Instrument.Name} {measured}"),
        .. Logs.Select(static log => $"{log.Text} {string.Join(' ', log.State)} {log.Exception}")]);

    public void CollectGauges() => _meterListener.RecordObservableInstruments();

    public void Dispose()
    {
        _root.Stop();
        _spanListener.Dispose();
        _meterListener.Dispose();
    }

    ILogger ILoggerFactory.CreateLogger(string categoryName)
    {
        Assert.Equal("PromptGen", categoryName);
        return this;
    }

    void ILoggerFactory.AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    IDisposable? ILogger.BeginScope<TState>(TState state) => null;

    bool ILogger.IsEnabled(LogLevel logLevel) => true;

    void ILogger.Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _logged.Enqueue(new Logged(
            logLevel,
            eventId.Name ?? "",
            formatter(state, exception),
            [.. ((IEnumerable<KeyValuePair<string, object?>>)state!).Select(static pair => $"{pair.Key}={Text(pair.Value)}")],
            exception));

    private static string Text(object? value) => value switch
    {
        string[] items => $"[{string.Join(',', items)}]",
        bool flag => flag ? "true" : "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    private void Keep(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (Activity.Current?.TraceId == _root.TraceId)
        {
            _measured.Enqueue(new Measured(instrument, value, [.. tags.ToArray().Select(static tag => $"{tag.Key}={Text(tag.Value)}").Order(StringComparer.Ordinal)]));
        }
    }
}

internal sealed record Measured(Instrument Instrument, double Value, string[] Tags)
{
    public override string ToString() => $"{Value.ToString("0.######", CultureInfo.InvariantCulture)} {{{string.Join(", ", Tags)}}}";
}

internal sealed record Logged(LogLevel Level, string Event, string Text, string[] State, Exception? Exception)
{
    public override string ToString() => $"{Level} {Event}: {Text}";
}
