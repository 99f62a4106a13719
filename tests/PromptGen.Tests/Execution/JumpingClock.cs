using PromptGen.Testing;

namespace PromptGen.Tests.Execution;

/// <summary>A machine whose wall clock is set while it runs; its monotonic clock and its timers take no notice.</summary>
internal sealed class JumpingClock : TimeProvider
{
    public ManualTimeProvider Inner { get; } = new();

    public TimeSpan Jump { get; set; }

    public override long TimestampFrequency => Inner.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => Inner.GetUtcNow() + Jump;

    public override long GetTimestamp() => Inner.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        Inner.CreateTimer(callback, state, dueTime, period);
}
