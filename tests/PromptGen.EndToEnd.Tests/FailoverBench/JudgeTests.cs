namespace PromptGen.EndToEnd.Tests.FailoverBench;

/// <summary>The benchmark's rules on calls that PromptGen does not make. They show that each verdict can be reached.</summary>
public sealed class JudgeTests
{
    private static readonly string Whole = CanonicalAnswer.Text;

    [Theory]
    [InlineData("S05", "hang", "fail")]
    [InlineData("S05", "whole", "pass")]
    [InlineData("S05", "white space", "pass")]
    [InlineData("S05", "error", "safe")]
    [InlineData("S08", "error", "safe")]
    [InlineData("S08", "cut", "fail")]
    [InlineData("S08", "appended", "fail")]
    [InlineData("S08", "altered", "fail")]
    [InlineData("S13", "error", "pass")]
    [InlineData("S13", "whole", "partial")]
    [InlineData("S13", "cut", "partial")]
    [InlineData("S16", "whole", "pass")]
    [InlineData("S16", "cut", "fail")]
    public void What_the_caller_got_decides(string id, string got, string verdict)
    {
        var scenario = Of(id);
        var (text, outcome) = got switch
        {
            "hang" => ("", BenchOutcome.Hang),
            "error" => (CanonicalAnswer.First(40), BenchOutcome.Error),
            "cut" => (CanonicalAnswer.First(40), BenchOutcome.Success),
            "appended" => ($"{CanonicalAnswer.First(40)} {Whole}", BenchOutcome.Success),
            "altered" => (Whole.Replace("fails", "failed", StringComparison.Ordinal), BenchOutcome.Success),
            "white space" => ($" {Whole.Replace(" ", "\n ", StringComparison.Ordinal)}", BenchOutcome.Success),
            _ => (Whole, BenchOutcome.Success),
        };

        Assert.Equal(verdict, Judged(scenario, Run(scenario, [Call(text, outcome)], 0)));
    }

    [Theory]
    [InlineData("S01", "pass", 0.0, 2.0)]
    [InlineData("S01", "partial", 0.0)]
    [InlineData("S01", "partial", 0.0, 1.6)]
    [InlineData("S01", "fail", 0.0, 0.5, 1.0)]
    [InlineData("S02", "pass", 0.0, 1.0, 2.0, 2.9)]
    [InlineData("S02", "fail", 0.0, 1.0, 2.0, 2.8, 2.9)]
    [InlineData("S02", "fail", 0.0, 4.0, 8.0, 12.0, 16.0, 20.0, 24.0)]
    [InlineData("S03", "partial", 0.0)]
    [InlineData("S04", "fail", 0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0)]
    [InlineData("S06", "pass", 0.0)]
    [InlineData("S06", "partial", 0.0, 30.0)]
    [InlineData("S12", "pass", 0.0)]
    [InlineData("S12", "fail", 0.0, 1.0)]
    [InlineData("S13", "fail", 0.0, 1.0)]
    public void The_attempts_on_the_primary_decide(string id, string verdict, params double[] seconds)
    {
        var scenario = Of(id);
        var call = scenario.IdealIsError ? Call("", BenchOutcome.Error) : Call(Whole);

        Assert.Equal(verdict, Judged(scenario, Run(scenario, [call], seconds)));
    }

    [Theory]
    [InlineData("S06", 100.1, "fail")]
    [InlineData("S07", 15, "pass")]
    [InlineData("S07", 20, "partial")]
    [InlineData("S09", 45, "pass")]
    [InlineData("S09", 61, "fail")]
    [InlineData("S11", 8.1, "fail")]
    public void The_time_that_the_call_took_decides(string id, double seconds, string verdict)
    {
        var scenario = Of(id);

        Assert.Equal(verdict, Judged(scenario, Run(scenario, [Call(Whole) with { Elapsed = TimeSpan.FromSeconds(seconds) }], 0)));
    }

    [Theory]
    [InlineData("S09")]
    [InlineData("S10")]
    public void A_system_that_is_down_afterwards_fails(string id) =>
        Assert.Equal("fail", Judged(Of(id), Run(Of(id), [Call(Whole)], 0) with { IsAlive = false }));

    [Theory]
    [InlineData(false, "fail")]
    [InlineData(true, "pass")]
    public void A_rejected_prefill_must_not_become_the_error(bool isRescued, string verdict)
    {
        var run = Run(Of("S14"), [isRescued ? Call(Whole) : Call("", BenchOutcome.Error)], 0);

        Assert.Equal(verdict, Judged(Of("S14"), run with { Log = [.. run.Log, new("fb-ok-noprefill", TimeSpan.FromSeconds(1), 70, 400, true)] }));
    }

    [Theory]
    [InlineData(64, -1, "pass")]
    [InlineData(90, -1, "pass")]
    [InlineData(91, -1, "fail")]
    [InlineData(64, 14, "fail")]
    [InlineData(64, 15, "safe")]
    public void In_an_outage_all_calls_succeed_and_the_primary_is_back_in_time(double backAt, int failed, string verdict)
    {
        var scenario = Of("S15");
        var calls = Enumerable.Range(0, 20).Select(i => Call(Whole, i == failed ? BenchOutcome.Error : BenchOutcome.Success) with { StartedAt = i * Cell.Interval });
        var run = Run(scenario, [.. calls], 0, 4, 8);

        Assert.Equal(verdict, Judged(scenario, run with { Log = [.. run.Log, new(scenario.Primary, TimeSpan.FromSeconds(backAt), 21, 200, false)] }));
    }

    [Theory]
    [InlineData("fb-ok", true, "pass")]
    [InlineData("openai/FB-OK", true, "pass")]
    [InlineData("fb-s16-503-persistent", true, "partial")]
    [InlineData(null, true, "partial")]
    [InlineData("fb-ok", false, "partial")]
    public void The_fallback_is_named_and_usage_is_reported(string? modelId, bool hasUsage, string verdict)
    {
        var scenario = Of("S16");
        var run = Run(scenario, [Call(Whole) with { ModelId = modelId, HasUsage = hasUsage }], 0);

        Assert.Equal(verdict, Judged(scenario, run with { Log = [.. run.Log, new("fb-ok", TimeSpan.FromSeconds(1), 21, 200, false)] }));
    }

    private static Scenario Of(string id) => Scenarios.All.Single(scenario => scenario.Id == id);

    private static string Judged(Scenario scenario, BenchRun run) => Judge.Of(scenario, run).ToString().ToLowerInvariant();

    private static BenchCall Call(string text, BenchOutcome outcome = BenchOutcome.Success) =>
        new(outcome, text, "fb-ok", true, TimeSpan.Zero, TimeSpan.FromSeconds(1));

    private static BenchRun Run(Scenario scenario, IReadOnlyList<BenchCall> calls, params double[] attempts) => new(
        calls,
        [.. attempts.Select(seconds => new BenchAttempt(scenario.Primary, TimeSpan.FromSeconds(seconds), 21, 503, false))],
        IsAlive: true);
}
