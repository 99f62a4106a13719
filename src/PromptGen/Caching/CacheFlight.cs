namespace PromptGen.Caching;

/// <summary>How a call ended on whose answer others wait.</summary>
internal enum FlightEnd
{
    /// <summary>It has an accepted answer.</summary>
    Answered,

    /// <summary>Its own limits stopped it, which says nothing about the others: one of them goes on in its place.</summary>
    HandedOver,

    /// <summary>It failed. The others ask for themselves.</summary>
    Failed,
}

/// <summary>One call for many that ask for the same answer at once.</summary>
internal sealed class CacheFlight
{
    private readonly TaskCompletionSource<(FlightEnd End, CachedAnswer? Answer)> _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>How the call ended, and its answer.</summary>
    public Task<(FlightEnd End, CachedAnswer? Answer)> End => _end.Task;

    public void Complete(FlightEnd end, CachedAnswer? answer) => _end.TrySetResult((end, answer));
}
