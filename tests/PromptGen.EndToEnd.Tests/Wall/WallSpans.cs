using System.Collections.Concurrent;
using System.Diagnostics;

namespace PromptGen.EndToEnd.Tests.Wall;

/// <summary>Keeps the spans of the calls of one test, among those of all tests that run beside it.</summary>
public sealed class WallSpans : IDisposable
{
    private readonly ConcurrentDictionary<ActivityTraceId, ConcurrentQueue<Activity>> _byCall = [];
    private readonly ActivityListener _listener;

    public WallSpans()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == "PromptGen",
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = Keep,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    /// <summary>All text in the spans.</summary>
    public IEnumerable<string> Texts => _byCall.Values.SelectMany(static spans => spans).Select(static span =>
        $"{span.DisplayName} {span.StatusDescription} {Join(span.TagObjects)} {string.Join(' ', span.Events.Select(static e => $"{e.Name} {Join(e.Tags)}"))}");

    /// <summary>Begins a call: what follows in the caller's flow belongs to it, until it is disposed.</summary>
    public Activity Begin()
    {
        Activity.Current = null;
        var call = new Activity("call").Start();
        _byCall[call.TraceId] = [];
        return call;
    }

    /// <summary>The spans of a call's requests.</summary>
    public IReadOnlyList<Activity> RequestsOf(Activity call) => [.. _byCall[call.TraceId].Where(static span => span.Kind == ActivityKind.Client)];

    public void Dispose() => _listener.Dispose();

    // An arm of that name is no text of a caller.
    private static string Join(IEnumerable<KeyValuePair<string, object?>> tags) =>
        string.Join(' ', tags.Where(static tag => tag is not { Key: "promptgen.arm", Value: "canary" }).Select(static tag => $"{tag.Key}={tag.Value}"));

    private void Keep(Activity span)
    {
        if (_byCall.TryGetValue(span.TraceId, out var spans))
        {
            spans.Enqueue(span);
        }
    }
}
