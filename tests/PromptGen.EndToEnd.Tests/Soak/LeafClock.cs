using System.Diagnostics;
using Microsoft.Extensions.AI;

namespace PromptGen.EndToEnd.Tests.Soak;

/// <summary>Measures how much of a call's time passes in its clients.</summary>
internal sealed class LeafClock(IChatClient inner) : DelegatingChatClient(inner)
{
    private static readonly AsyncLocal<Time?> Current = new();

    /// <summary>Begins to measure for the calls that the caller makes from here on.</summary>
    public static Time Begin() => Current.Value = new Time();

    public override async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var started = Stopwatch.GetTimestamp();
        try
        {
            return await base.GetResponseAsync(messages, options, cancellationToken);
        }
        finally
        {
            Current.Value?.Add(Stopwatch.GetElapsedTime(started));
        }
    }

    internal sealed class Time
    {
        private long _ticks;

        public TimeSpan Elapsed => TimeSpan.FromTicks(Interlocked.Read(ref _ticks));

        public void Add(TimeSpan time) => Interlocked.Add(ref _ticks, time.Ticks);
    }
}
