using System.Diagnostics;
using System.Runtime.InteropServices;

namespace PromptGen.Benchmarks;

/// <summary>CPU time of the thread: other work on the machine does not count.</summary>
internal static class ThreadTime
{
    private const int ThreadCpuTime = 3;

    /// <summary>In microseconds; where the system has no such clock, time.</summary>
    public static double Now() => OperatingSystem.IsLinux() && GetTime(ThreadCpuTime, out var time) == 0
        ? (time.Seconds * 1e6) + (time.Nanoseconds / 1e3)
        : Stopwatch.GetTimestamp() * 1e6 / Stopwatch.Frequency;

    /// <summary>The first quartile.</summary>
    public static double Quartile(List<double> times) => times.Order().ElementAt(times.Count / 4);

    [DllImport("libc", EntryPoint = "clock_gettime")]
    private static extern int GetTime(int clock, out UnixTime time);

    [StructLayout(LayoutKind.Sequential)]
    private struct UnixTime
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
