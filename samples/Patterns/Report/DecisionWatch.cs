using System.Diagnostics;

namespace Acme.Patterns.Report;

/// <summary>Measures how long a call takes to decide where it enters its route: from the start of its span to the event that reports the decision.</summary>
internal sealed class DecisionWatch : IDisposable
{
    private readonly Activity _root = new Activity("pattern").Start();
    private readonly ActivityListener _listener;

    /// <summary>Starts to listen to what is called from here on.</summary>
    public DecisionWatch()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == "PromptGen",
            Sample = (ref ActivityCreationOptions<ActivityContext> span) => span.TraceId == _root.TraceId ? ActivitySamplingResult.AllData : ActivitySamplingResult.None,
            ActivityStopped = Take,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    /// <summary>The time of the last call; null = nothing decided.</summary>
    public TimeSpan? Time { get; private set; }

    /// <summary>Ends the listening.</summary>
    public void Dispose()
    {
        _listener.Dispose();
        _root.Dispose();
    }

    private void Take(Activity span)
    {
        foreach (var entry in span.Events.Where(one => span.TraceId == _root.TraceId && one.Name == "promptgen.entry"))
        {
            Time = entry.Timestamp.UtcDateTime - span.StartTimeUtc;
        }
    }
}
