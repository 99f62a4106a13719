namespace PromptGen.EndToEnd.Tests.FailoverBench;

/// <summary>The benchmark's verdicts, best first.</summary>
internal enum Verdict
{
    /// <summary>The whole text came (S13: an error), and all checks hold.</summary>
    Pass,

    /// <summary>The same, but an advisory check does not hold; or the rejection of S13 was routed around.</summary>
    Partial,

    /// <summary>A clear error in time, and no required check is violated.</summary>
    Safe,

    /// <summary>A hang, a broken text presented as success, or a required check that does not hold.</summary>
    Fail,
}

/// <summary>Computes verdicts by the benchmark's rules, in their order.</summary>
internal static class Judge
{
    public static Verdict Of(Scenario scenario, BenchRun run)
    {
        if (run.Outcome == BenchOutcome.Hang
            || (!scenario.IdealIsError && run.IsTruncatedSuccess)
            || scenario.Checks.Any(check => check.IsRequired && !check.Holds(run)))
        {
            return Verdict.Fail;
        }

        if (scenario.IdealIsError && run.Outcome == BenchOutcome.Success)
        {
            return Verdict.Partial;
        }

        var isRescued = scenario.IdealIsError ? run.Outcome == BenchOutcome.Error : run.IsWhole;
        return !isRescued ? Verdict.Safe
            : scenario.Checks.All(check => check.IsRequired || check.Holds(run)) ? Verdict.Pass
            : Verdict.Partial;
    }
}
