namespace PromptGen.Timing;

/// <summary>Arithmetic with the timestamps of a clock.</summary>
internal static class Timestamps
{
    /// <summary>By how much the clock's timestamp grows within a time.</summary>
    public static long Ticks(this TimeProvider timeProvider, TimeSpan time) => (long)(time.TotalSeconds * timeProvider.TimestampFrequency);
}
