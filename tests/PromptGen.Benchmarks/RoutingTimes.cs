namespace PromptGen.Benchmarks;

/// <summary>
/// What a clause of entry adds to a call, as CPU time of the thread: other work on the machine does not count. The prompts take turns in one run, each time is the first quartile
/// of all rounds, and a scan is measured over 16 KB of text in which it finds nothing, so that it reads all of it. Ends with 1 where a clause is above its bound.
/// </summary>
internal static class RoutingTimes
{
    private const int Calls = 4_000;
    private const int Kilobytes = 16;

    private const double MostMicroseconds = 0.1;
    private const double MostMicrosecondsPerKilobyte = 1;

    private const string Sentence = "The customer was charged twice for the same order, and asks us to look into it before the end of the week.\n";

    public static int Run()
    {
        using var prompts = NoOpRuntime.Create();
        var router = new Router(prompts);
        var text = string.Concat(Enumerable.Repeat(Sentence, (Kilobytes * 1024 / Sentence.Length) + 1))[..(Kilobytes * 1024)];
        var sentences = TimeTable.Measure(
            Calls,
            ("no clause", () => Wait(router.PlainAsync("Payments", Sentence))),
            ("value", () => Wait(router.ByValueAsync("Payments", Sentence, Plan.Pro))),
            ("tokens", () => Wait(router.ByTokensAsync("Payments", Sentence))));
        var texts = TimeTable.Measure(
            Calls / 8,
            ("no clause, 16 KB", () => Wait(router.PlainAsync("Payments", text))),
            ("phrases, 16 KB", () => Wait(router.ByPhrasesAsync("Payments", text))),
            ("code, 16 KB", () => Wait(router.ByCodeAsync("Payments", text))));
        var (value, tokens) = (Above(sentences, 1), Above(sentences, 2));
        var (phrases, code) = (Above(texts, 1) / Kilobytes, Above(texts, 2) / Kilobytes);
        Console.WriteLine($"a value adds {value:0.000} µs, tokens {tokens:0.000} µs; a scan for phrases takes {phrases:0.000} µs per KB, one for code {code:0.000} µs per KB");
        var isFat = sentences.Any(row => row.Bytes > sentences[0].Bytes) || texts.Any(row => row.Bytes > texts[0].Bytes);
        return isFat || Math.Max(value, tokens) > MostMicroseconds || Math.Max(phrases, code) > MostMicrosecondsPerKilobyte ? 1 : 0;
    }

    private static double Above((double Microseconds, long Bytes)[] rows, int row) => rows[row].Microseconds - rows[0].Microseconds;

    private static void Wait(Task<Verdict> call) => call.GetAwaiter().GetResult();
}
