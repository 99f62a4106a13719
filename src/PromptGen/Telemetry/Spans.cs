using System.Diagnostics;

namespace PromptGen.Telemetry;

/// <summary>Starts and stops spans so that a listener that throws changes neither the call nor <see cref="Activity.Current"/> after it.</summary>
internal static class Spans
{
    public static ActivitySource Source { get; } = new(PromptTelemetry.SourceName, PromptTelemetry.Version);

    /// <param name="name">The name of the span.</param>
    /// <param name="kind">Its kind.</param>
    /// <param name="tags">The attributes that samplers get to see.</param>
    /// <param name="parent">
    /// The span that it belongs to; null = the current one. Named since the current one is the caller's again in every step of an async iterator.
    /// </param>
    public static Activity? Start(string name, ActivityKind kind, KeyValuePair<string, object?>[] tags, Activity? parent)
    {
        if (!Source.HasListeners())
        {
            return null;
        }

        var current = Activity.Current;
        Activity? span = null;
        try
        {
            if (parent is { IsStopped: false } && parent != current)
            {
                Activity.Current = parent;
            }

            // In two steps: a listener that throws at the start must not keep the span from those that do not.
            span = Source.CreateActivity(name, kind, default(ActivityContext), tags);
            span?.Start();
        }
        catch (Exception)
        {
            if (span is null)
            {
                Activity.Current = current;
            }
        }

        return span;
    }

    public static void Stop(Activity span)
    {
        try
        {
            span.Stop();
        }
        catch (Exception)
        {
            Activity.Current = span.Parent;
        }
    }

    /// <summary>Starts a span around several calls. It does not become the current one: what starts it goes on.</summary>
    /// <param name="name">The name of the span.</param>
    /// <param name="tags">The attributes that samplers get to see.</param>
    /// <param name="parent">The span that it belongs to; null = the current one.</param>
    /// <param name="cause">The span of what started it and has ended; default = there is none.</param>
    public static Activity? StartAside(string name, KeyValuePair<string, object?>[] tags, Activity? parent, ActivityContext cause = default)
    {
        var current = Activity.Current;
        var span = Start(name, ActivityKind.Internal, tags, parent);
        if (span is not null && cause != default)
        {
            span.AddLink(new ActivityLink(cause));
        }

        Activity.Current = current;
        return span;
    }

    /// <summary>Stops such a span and leaves the current one as it is.</summary>
    public static void StopAside(Activity span)
    {
        var current = Activity.Current;
        Stop(span);
        Activity.Current = current;
    }

    /// <summary>Notes what was spent.</summary>
    public static void SetCost(this Activity span, PromptCost cost)
    {
        span.SetTag("promptgen.cost.usd", (double)cost.Usd);
        span.SetTag("promptgen.cost.complete", cost.IsComplete);
    }

    public static void Add(this Activity span, string name, params ReadOnlySpan<(string Name, object? Value)> attributes)
    {
        var tags = new ActivityTagsCollection();
        foreach (var (key, value) in attributes)
        {
            if (value is not null)
            {
                tags.Add(key, value);
            }
        }

        span.AddEvent(new ActivityEvent(name, tags: tags));
    }

    public static void SetKnown(this Activity span, string name, object? value)
    {
        if (value is not null)
        {
            span.SetTag(name, value);
        }
    }
}
