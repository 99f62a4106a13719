namespace PromptGen.Benchmarks;

/// <summary>
/// Votes against calls of one model, over clients that answer at once with 87 bytes. CPU time of the thread, in one run. Ends with 1 where a vote is above its bound.
/// </summary>
internal static class VoteTimes
{
    private const int Calls = 5_000;

    /// <summary>The most that three eager votes may take, of one call.</summary>
    private const double MostOfOneCall = 3.3;

    /// <summary>The most that an agreement of two may take, of the same cascade by hand.</summary>
    private const double MostOfByHand = 1.2;

    public static int Run()
    {
        var votes = new EnsembleBenchmarks();
        votes.Setup();
        var rows = TimeTable.Measure(
            Calls,
            (nameof(votes.OneCall), () => votes.OneCall().GetAwaiter().GetResult()),
            (nameof(votes.EagerOfThree), () => votes.EagerOfThree().GetAwaiter().GetResult()),
            (nameof(votes.ThreeByHand), () => votes.ThreeByHand().GetAwaiter().GetResult()),
            (nameof(votes.Agreement), () => votes.Agreement().GetAwaiter().GetResult()),
            (nameof(votes.AgreementByHand), () => votes.AgreementByHand().GetAwaiter().GetResult()));
        var (time, memory) = (rows[1].Microseconds / rows[0].Microseconds, (double)rows[1].Bytes / rows[0].Bytes);
        var agreement = rows[3].Microseconds / rows[4].Microseconds;
        Console.WriteLine($"three eager votes: {time:0.00} × the time of one call, {memory:0.00} × its memory; agreement: {agreement:0.00} × the time of the cascade by hand");
        return time > MostOfOneCall || memory > MostOfOneCall || agreement > MostOfByHand ? 1 : 0;
    }
}
