using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using PromptGen.Contracts;

namespace PromptGen.Tests.Contracts;

/// <summary>
/// The work on an answer grows with its length and no faster, whatever its content, and token and deadline are checked at least once per 64 kB of work. Work is
/// counted by what each loop charges; the time of the same readings is measured too, in case a loop charges nothing.
/// </summary>
public sealed class GrowthTests
{
    /// <summary>The most work for one byte of an answer. The ladder ends after <see cref="ContractLimits.LadderPasses"/>, and a piece that it has begun by then is read.</summary>
    private const int MostSteps = ContractLimits.LadderPasses + 36;

    /// <summary>The most that time may grow by where the answer grows tenfold. A quadratic loop takes a hundred times as long, a busy machine a few times.</summary>
    private const int MostTime = 50;

    private static readonly Tolerance[] s_tolerances = Enum.GetValues<Tolerance>();

    [Fact]
    public void Every_tolerance_and_contract_takes_linear_work() => AssertLinear(10_000, static _ => s_tolerances, static _ => HostileContracts.All);

    [Fact]
    public void The_widest_tolerance_takes_linear_work_and_time() => AssertLinear(100_000, static _ => [Tolerance.Salvage], static i => [Contract(i), Contract(i + 2)], tenth: true);

    [Fact]
    public void An_answer_as_long_as_is_repaired_takes_linear_work_and_time() => AssertLinear(500_000, static _ => [Tolerance.Salvage], static i => [Contract(i)], tenth: true);

    [Fact]
    public void An_answer_of_four_megabytes_takes_linear_work() => AssertLinear(4_000_000, static i => [s_tolerances[1 + (i % 2)]], static i => [Contract(i)]);

    [Fact]
    public void Whatever_takes_long_ends_with_the_token_and_with_the_deadline()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        var clock = new JumpingTime();
        var ended = 0;
        foreach (var (i, name, answer) in Answers(200_000))
        {
            var (contract, read) = Contract(i);
            var free = new ReadingGuard();
            read(answer, Tolerance.Salvage, free);
            if (free.Steps <= ReadingGuard.Interval)
            {
                continue;
            }

            var cancelled = new ReadingGuard();
            cancelled.Begin(null, long.MaxValue, source.Token);
            Assert.True(read(answer, Tolerance.Salvage, cancelled) == PromptErrorCode.Cancelled, $"{contract}: {name}");

            var late = new ReadingGuard();
            late.Begin(clock, clock.GetTimestamp() + 1, CancellationToken.None);
            Assert.True(read(answer, Tolerance.Salvage, late) == PromptErrorCode.DeadlineExceeded, $"{contract}: {name}");
            ended++;
        }

        Assert.InRange(ended, HostileAnswers.Count / 2, int.MaxValue);
    }

    [Fact]
    public void A_short_answer_is_read_without_a_check_and_without_a_guard_of_its_own()
    {
        const string answer = """{"title":"a","stars":1,"tags":[]}""";
        NoteContract.Instance.Read(answer);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            NoteContract.Instance.Read(answer);
        }

        // The value itself: a note of 40 bytes and a title of 24.
        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / 100, 0, 64);
    }

    /// <summary>The contract of a family's turn. Products are about the members of records.</summary>
    private static (string Name, Func<string, Tolerance, ReadingGuard, PromptErrorCode> Read) Contract(int i) =>
        HostileContracts.All[i >= HostileAnswers.Count ? 2 + (i % 2) : i % HostileContracts.All.Length];

    private static IEnumerable<(int Index, string Name, string Answer)> Answers(int length)
    {
        for (var i = 0; i < HostileAnswers.Count; i++)
        {
            yield return (i, HostileAnswers.Name(i), HostileAnswers.Make(i, length));
        }

        var index = HostileAnswers.Count;
        foreach (var (name, answer) in HostileAnswers.Products(length))
        {
            yield return (index++, name, answer);
        }
    }

    private static void AssertLinear(
        int length,
        Func<int, IEnumerable<Tolerance>> tolerances,
        Func<int, IEnumerable<(string Name, Func<string, Tolerance, ReadingGuard, PromptErrorCode> Read)>> contracts,
        bool tenth = false)
    {
        var findings = new ConcurrentQueue<string>();
        Parallel.ForEach(Answers(length), new ParallelOptions { MaxDegreeOfParallelism = 2 }, hostile =>
        {
            var (index, name, answer) = hostile;
            var bytes = Encoding.UTF8.GetByteCount(answer);
            foreach (var (contract, read) in contracts(index))
            {
                foreach (var tolerance in tolerances(index))
                {
                    var (steps, time, between) = Measure(read, answer, tolerance);
                    if (between > ReadingGuard.Interval)
                    {
                        findings.Enqueue($"{contract}, {tolerance}: {between} steps without a check: {name}");
                    }

                    if (steps > MostSteps * (bytes + 256L))
                    {
                        findings.Enqueue($"{contract}, {tolerance}: {steps / (double)bytes:0} steps per byte: {name}");
                    }

                    if (tenth && time > TimeSpan.FromMilliseconds(400) && !IsLinear(read, answer, Answers(length / 10).ElementAt(index).Answer, tolerance))
                    {
                        findings.Enqueue($"{contract}, {tolerance}: time grows faster than the answer: {name}");
                    }
                }
            }
        });

        Assert.Empty(findings);
    }

    /// <summary>Takes the shortest of five readings of both answers: on a busy machine a single one is no measure.</summary>
    private static bool IsLinear(Func<string, Tolerance, ReadingGuard, PromptErrorCode> read, string answer, string tenth, Tolerance tolerance) =>
        Shortest(read, answer, tolerance) < MostTime * TimeSpan.FromMilliseconds(Math.Max(8, Shortest(read, tenth, tolerance).TotalMilliseconds));

    private static TimeSpan Shortest(Func<string, Tolerance, ReadingGuard, PromptErrorCode> read, string answer, Tolerance tolerance) =>
        Enumerable.Range(0, 5).Min(_ => Measure(read, answer, tolerance).Time);

    private static (long Steps, TimeSpan Time, long Between) Measure(Func<string, Tolerance, ReadingGuard, PromptErrorCode> read, string answer, Tolerance tolerance)
    {
        var guard = new ReadingGuard();
        var checks = new CheckClock(guard);
        var watch = Stopwatch.StartNew();
        read(answer, tolerance, guard);
        var time = watch.Elapsed;
        checks.End();
        return (guard.Steps, time, checks.MostSteps);
    }

    /// <summary>A clock that advances whenever it is read.</summary>
    private sealed class JumpingTime : TimeProvider
    {
        private long _now;

        public override long GetTimestamp() => ++_now;
    }
}
