using static PromptGen.Benchmarks.ThreadTime;

namespace PromptGen.Benchmarks;

/// <summary>
/// What a clause of entry adds to a call, as CPU time of the thread: other work on the machine does not count. The prompts take turns in one run, each time is the first quartile
/// of all rounds, and a scan is measured over 16 KB of text in which it finds nothing, so that it reads all of it. Ends with 1 where a clause is above its bound.
/// </summary>
internal static class RoutingTimes
{
    private const int Rounds = 60;
    private const int Calls = 4_000;
    private const int Kilobytes = 16;

    private const double MostMicroseconds = 0.1;
    private const double MostMicrosecondsPerKilobyte = 1;

    private const string Answer = """{"severity":"High","urgency":4,"summary":"Stop after three attempts","confidence":0.93}""";
    private const string Sentence = "The customer was charged twice for the same order, and asks us to look into it before the end of the week.\n";

    public static int Run()
    {
        using var prompts = PromptRuntime.Create(static builder => builder.AddProvider("openai", static _ => new NoOpChatClient(Answer)).AddProvider("anthropic", static _ => new NoOpChatClient(Answer)));
        var router = new Router(prompts);
        var text = string.Concat(Enumerable.Repeat(Sentence, (Kilobytes * 1024 / Sentence.Length) + 1))[..(Kilobytes * 1024)];
        (string Name, string Text, Func<string, Task<Verdict>> Call)[] rows =
        [
            ("no clause", Sentence, code => router.PlainAsync("Payments", code)),
            ("value", Sentence, code => router.ByValueAsync("Payments", code, Plan.Pro)),
            ("tokens", Sentence, code => router.ByTokensAsync("Payments", code)),
            ("no clause, 16 KB", text, code => router.PlainAsync("Payments", code)),
            ("phrases, 16 KB", text, code => router.ByPhrasesAsync("Payments", code)),
            ("code, 16 KB", text, code => router.ByCodeAsync("Payments", code)),
        ];

        var times = rows.Select(static _ => new List<double>()).ToArray();
        var bytes = new long[rows.Length];
        for (var round = -5; round < Rounds; round++)
        {
            for (var i = 0; i < rows.Length; i++)
            {
                var calls = rows[i].Text == Sentence ? Calls : Calls / 8;
                var (microseconds, allocated) = Measure(rows[i].Call, rows[i].Text, calls);
                if (round >= 0)
                {
                    times[i].Add(microseconds);
                    bytes[i] = allocated;
                }
            }
        }

        var (plain, plainText) = (Quartile(times[0]), Quartile(times[3]));
        var (value, tokens) = (Quartile(times[1]) - plain, Quartile(times[2]) - plain);
        var (phrases, code) = ((Quartile(times[4]) - plainText) / Kilobytes, (Quartile(times[5]) - plainText) / Kilobytes);
        for (var i = 0; i < rows.Length; i++)
        {
            Console.WriteLine($"{rows[i].Name,-18} {Quartile(times[i]),8:0.000} µs {bytes[i],7:N0} B");
        }

        Console.WriteLine($"a value adds {value:0.000} µs, tokens {tokens:0.000} µs; a scan for phrases takes {phrases:0.000} µs per KB, one for code {code:0.000} µs per KB");
        var isFat = bytes[1] > bytes[0] || bytes[2] > bytes[0] || bytes[4] > bytes[3] || bytes[5] > bytes[3];
        return isFat || Math.Max(value, tokens) > MostMicroseconds || Math.Max(phrases, code) > MostMicrosecondsPerKilobyte ? 1 : 0;
    }

    private static (double Microseconds, long Bytes) Measure(Func<string, Task<Verdict>> call, string text, int calls)
    {
        var (bytes, start) = (GC.GetAllocatedBytesForCurrentThread(), Now());
        for (var i = 0; i < calls; i++)
        {
            call(text).GetAwaiter().GetResult();
        }

        return ((Now() - start) / calls, (GC.GetAllocatedBytesForCurrentThread() - bytes) / calls);
    }
}
