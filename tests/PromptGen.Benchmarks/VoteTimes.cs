using System.Globalization;
using System.Text.RegularExpressions;

namespace PromptGen.Benchmarks;

/// <summary>
/// Votes against calls of one model, over clients that answer at once with 87 bytes. CPU time of the thread. The just-in-time compiler optimizes what it has observed, so that the ratios
/// differ from process to process: each is the median of several. Ends with 1 where a vote is above its bound.
/// </summary>
internal static partial class VoteTimes
{
    private const int Processes = 5;
    private const int Calls = 5_000;

    /// <summary>The most that three eager votes may take, of one call.</summary>
    private const double MostOfOneCall = 3.3;

    /// <summary>The most that an agreement of two may take, of the same cascade by hand.</summary>
    private const double MostOfByHand = 1.2;

    /// <param name="part"><c>once</c> = measures in this process only.</param>
    public static async Task<int> RunAsync(string[] part)
    {
        if (part is ["once"])
        {
            Console.WriteLine(Measure());
            return 0;
        }

        var ratios = new List<Ratios>();
        for (var i = 0; i < Processes; i++)
        {
            var output = await OwnProcess.RunAsync(["votes", "once"]);
            Console.Write(output);
            ratios.Add(Ratios.Parse(output));
        }

        var median = new Ratios(Median(ratios.Select(static one => one.Time)), Median(ratios.Select(static one => one.Memory)), Median(ratios.Select(static one => one.Agreement)));
        Console.WriteLine($"median of {Processes} processes: {median}");
        return median.Time > MostOfOneCall || median.Memory > MostOfOneCall || median.Agreement > MostOfByHand ? 1 : 0;
    }

    private static Ratios Measure()
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
        return new Ratios(rows[1].Microseconds / rows[0].Microseconds, (double)rows[1].Bytes / rows[0].Bytes, rows[3].Microseconds / rows[4].Microseconds);
    }

    private static double Median(IEnumerable<double> values) => values.Order().ElementAt(Processes / 2);

    /// <param name="Time">Of three eager votes, of one call.</param>
    /// <param name="Memory">Of three eager votes, of one call.</param>
    /// <param name="Agreement">The time of an agreement of two, of the same cascade by hand.</param>
    private sealed partial record Ratios(double Time, double Memory, double Agreement)
    {
        public static Ratios Parse(string output) =>
            Numbers().Match(output).Groups is [_, var time, var memory, var agreement] ? new(Number(time), Number(memory), Number(agreement)) : throw new FormatException(output);

        public override string ToString() => string.Create(
            CultureInfo.InvariantCulture,
            $"three eager votes: {Time:0.00} × the time of one call, {Memory:0.00} × its memory; agreement: {Agreement:0.00} × the time of the cascade by hand");

        private static double Number(Group group) => double.Parse(group.Value, CultureInfo.InvariantCulture);

        [GeneratedRegex(@"votes: (\S+) × .*, (\S+) × .*agreement: (\S+) ×")]
        private static partial Regex Numbers();
    }
}
