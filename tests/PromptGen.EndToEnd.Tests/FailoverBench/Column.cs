namespace PromptGen.EndToEnd.Tests.FailoverBench;

/// <summary>A column of the scorecard.</summary>
/// <param name="IsLive">Whether the caller gets the text as it comes; otherwise whole.</param>
/// <param name="Resumes">Whether the fallback continues a text that breaks off after a part of it was delivered.</param>
/// <param name="TimeOut">How long an attempt may take; streamed, its first token.</param>
internal sealed record Column(bool IsLive, bool Resumes, TimeSpan TimeOut)
{
    public static IReadOnlyList<Column> All { get; } =
    [
        new(false, false, Short), new(true, false, Short), new(true, true, Short), new(false, false, Baseline), new(true, false, Baseline), new(true, true, Baseline),
    ];

    public bool IsBaseline => TimeOut == Baseline;

    /// <summary>How long the whole text takes: a stream pauses after each word.</summary>
    public TimeSpan Delivery => IsLive ? 60 * BenchProvider.Pause : TimeSpan.Zero;

    /// <summary>The benchmark's baseline for published rows: 30 s.</summary>
    private static TimeSpan Baseline => TimeSpan.FromSeconds(30);

    private static TimeSpan Short => TimeSpan.FromSeconds(5);

    public override string ToString() => $"{(Resumes ? "live, `Resume`" : IsLive ? "live" : "buffered")}, {TimeOut.TotalSeconds} s";
}
