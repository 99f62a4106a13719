using System.Globalization;
using PromptGen.Evaluation;

namespace PromptGen.Benchmarks.Routers;

/// <summary>
/// Trains routers on part of a file of labelled examples, measures them on the rest, as often as asked with other parts, and prints a line for each method: the mean and the
/// standard deviation of its APGR, CPT(50%) and CPT(80%), and how long a decision takes (the median).
/// </summary>
internal sealed class RouterRun
{
    private const string Usage = "usage: router FILE [--labels 1500] [--splits 20] [--no-embeddings]   FILE is .csv or .csv.gz with the columns subject, prompt, weak_correct, strong_correct";

    private const int Together = 32;

    private readonly IReadOnlyList<RouterExample> _examples;
    private readonly int _labels;
    private readonly int _splits;

    private RouterRun(IReadOnlyList<RouterExample> examples, int labels, int splits) => (_examples, _labels, _splits) = (examples, labels, splits);

    public static int Run(IReadOnlyList<string> args)
    {
        if (Option(args, "--labels", 1500) is not { } labels || Option(args, "--splits", 20) is not (> 0 and var splits) || args.Count == 0 || args[0].StartsWith('-'))
        {
            Console.Error.WriteLine(Usage);
            return 2;
        }

        try
        {
            var examples = RouterExamples.Read(args[0]);
            if (Problem(examples, labels) is { } problem)
            {
                Console.Error.WriteLine(problem);
                return 1;
            }

            new RouterRun(examples, labels, splits).Print(withEmbeddings: labels > 0 && !args.Contains("--no-embeddings"));
            return 0;
        }
        catch (Exception exception) when (exception is FormatException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            Console.Error.WriteLine(exception.Message);
            return 1;
        }
    }

    private static int? Option(IReadOnlyList<string> args, string name, int preset)
    {
        var index = args.ToList().IndexOf(name);
        return index < 0 ? preset
            : index + 1 < args.Count && int.TryParse(args[index + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
            : null;
    }

    private static string? Problem(IReadOnlyList<RouterExample> examples, int labels) =>
        examples.Count == 0 ? "The file has no examples."
        : examples.Count - labels < 10 ? string.Create(CultureInfo.InvariantCulture, $"The file has {examples.Count} examples: with --labels {labels} fewer than 10 are left to measure.")
        : null;

    private void Print(bool withEmbeddings)
    {
        var (weak, strong) = (_examples.Average(static one => one.WeakCorrect ? 1.0 : 0), _examples.Average(static one => one.StrongCorrect ? 1.0 : 0));
        var tasks = _examples.Select(static one => one.Task).OfType<string>().Distinct().Count();
        Write($"# {_examples.Count} examples, {tasks} tasks, weak model {weak:P2} right, strong model {strong:P2}; {_labels} labels, {_splits} splits");
        if (weak == strong)
        {
            Write($"# The models are equally good: there is no gap to recover, and APGR is unknown.");
        }

        Write($"method, APGR, deviation, CPT50, CPT80, µs per decision");
        var isStrongBest = strong >= weak;
        var seconds = RouterMethod.Heuristics(isStrongBest).Concat(_labels > 0 ? RouterMethod.Trained(tasks > 0) : []).Select(Print).Max();
        if (withEmbeddings)
        {
            using var embeddings = KeptEmbeddings.Of(_examples);
            seconds = Math.Max(seconds, RouterMethod.Embedded(embeddings, tasks > 0).Select(Print).Max());
        }

        Write($"# training took at most {seconds:0.00} s of processor time");
        if (_labels > 0)
        {
            PrintDecision();
        }
    }

    /// <summary>Measures a method and prints its line.</summary>
    /// <returns>The longest training, in seconds of processor time.</returns>
    private double Print(RouterMethod method)
    {
        var curves = new List<RouterCurve>();
        var microseconds = new List<double>();
        var seconds = new List<double>();
        for (var split = 1; split <= _splits; split++)
        {
            var order = new Shuffler((ulong)split).Shuffle(_examples.Count);
            var (trained, measured) = (order[.._labels], order[_labels..]);
            var started = Environment.CpuUsage.TotalTime;
            var score = method.Train(_examples, trained);
            seconds.Add((Environment.CpuUsage.TotalTime - started).TotalSeconds);
            var scores = Decide(measured, score, microseconds);
            curves.Add(RouterCurve.Of([.. measured.Select(i => _examples[i])], scores, (ulong)split));
        }

        var apgr = curves.Select(static curve => curve.Apgr).ToArray();
        var mean = apgr.Average();
        var deviation = Math.Sqrt(apgr.Sum(one => (one - mean) * (one - mean)) / Math.Max(1, apgr.Length - 1));
        microseconds.Sort();
        Write($"{method.Name}, {Number(mean, "0.0000")}, {Number(deviation, "0.0000")}, {Number(100 * curves.Average(static curve => curve.CallsFor(0.5)), "0.00")}%, {Number(100 * curves.Average(static curve => curve.CallsFor(0.8)), "0.00")}%, {Number(microseconds[microseconds.Count / 2] + method.MicrosecondsBefore, "0.00")}");
        return seconds.Max();
    }

    /// <summary>Prints what a decision about a text of 500 characters takes.</summary>
    private void PrintDecision()
    {
        var trained = RouterTrainer.Train([.. _examples.Take(_labels)], new RouterTraining { Date = new DateOnly(2026, 11, 30) });
        var router = trained.Router;
        var text = string.Concat(_examples.Select(static one => one.Input + "\n").Take(1_000)).PadRight(500)[..500];
        var microseconds = new List<double>();
        var many = new int[100 * Together];
        Decide(many, _ => router.Score(null, text), []);
        Decide(many, _ => router.Score(null, text), microseconds);
        microseconds.Sort();
        var bytes = GC.GetAllocatedBytesForCurrentThread();
        router.Score(null, text);
        bytes = GC.GetAllocatedBytesForCurrentThread() - bytes;
        Write($"# a decision about 500 characters takes {microseconds[microseconds.Count / 2]:0.00} µs and allocates {bytes} B; the router's file has {trained.File.Length} bytes");
    }

    /// <summary>Scores examples, and measures how long: the time of a few decisions together, so that the clock weighs little, and few enough that most of them are not interrupted.</summary>
    private static double[] Decide(int[] measured, Func<int, double> score, List<double> microseconds)
    {
        var scores = new double[measured.Length];
        for (var start = 0; start < measured.Length; start += Together)
        {
            var end = Math.Min(start + Together, measured.Length);
            var started = TimeProvider.System.GetTimestamp();
            for (var i = start; i < end; i++)
            {
                scores[i] = score(measured[i]);
            }

            microseconds.Add(TimeProvider.System.GetElapsedTime(started).TotalMicroseconds / (end - start));
        }

        return scores;
    }

    private static string Number(double number, string format) => double.IsNaN(number) ? "n/a" : number.ToString(format, CultureInfo.InvariantCulture);

    private static void Write(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
