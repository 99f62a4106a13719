namespace PromptGen.EndToEnd.Tests.FailoverBench;

/// <summary>A check of a scenario.</summary>
/// <param name="Name">What it checks.</param>
/// <param name="IsRequired">Whether it must hold; otherwise it only turns a pass into a partial.</param>
/// <param name="Holds">Whether it holds.</param>
internal sealed record Check(string Name, bool IsRequired, Func<BenchRun, bool> Holds)
{
    public static Check NoHang { get; } = Required("no hang", static run => run.Outcome != BenchOutcome.Hang);

    public static Check NoTruncatedSuccess { get; } = Required("no truncated success", static run => !run.IsTruncatedSuccess);

    public static Check AliveAfter { get; } = Required("alive after", static run => run.IsAlive);

    public static Check UsagePresent { get; } = Advisory("usage present", static run => run.Calls[0].HasUsage);

    public static Check Required(string name, Func<BenchRun, bool> holds) => new(name, true, holds);

    public static Check Advisory(string name, Func<BenchRun, bool> holds) => new(name, false, holds);

    public static Check Within(double seconds, bool isRequired) => new($"elapsed ≤ {seconds} s", isRequired, run => run.Elapsed <= TimeSpan.FromSeconds(seconds));
}
