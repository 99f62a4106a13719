using System.Diagnostics;
using System.Text;
using PromptGen.Contracts;
using PromptGen.Generated.PromptGen.Benchmarks;
using PromptGen.Tests.Contracts;

namespace PromptGen.Benchmarks;

/// <summary>Reads broken answers of every kind with every tolerance for a given time: <c>fuzz 30</c>. A seed is printed with each finding.</summary>
/// <param name="minutes">How long, in minutes.</param>
internal sealed class Fuzz(double minutes)
{
    /// <summary>What the slowest answer may take. In proportion to its length, since whatever takes more than that sooner or later takes for ever.</summary>
    private const double MostMicrosecondsPerKilobyte = 5_000;

    private const int AnswersPerSeed = 10_000;

    private readonly Dictionary<(Tolerance Tolerance, PromptErrorCode Code), long> _codes = [];
    private readonly SortedDictionary<string, long> _rungs = new(StringComparer.Ordinal);
    private readonly List<string> _findings = [];
    private double _slowest;
    private long _answers;
    private long _characters;

    /// <returns>0 where nothing was found; 1 otherwise.</returns>
    public int Run()
    {
        var watch = Stopwatch.StartNew();
        for (var seed = 0; watch.Elapsed.TotalMinutes < minutes; seed++)
        {
            var mutator = new AnswerMutator(new Random(seed), Assessment.Answer, Assessment.WrongAnswer, """{"value":[{"title":"x"}]}""");
            for (var i = 0; i < AnswersPerSeed && watch.Elapsed.TotalMinutes < minutes; i++)
            {
                Try(mutator.Next(), $"seed {seed}, answer {i}");
            }
        }

        foreach (var (name, bomb) in Bombs())
        {
            var started = Stopwatch.GetTimestamp();
            var code = AssessmentContract.Instance.Read(bomb, Tolerance.Salvage).Code;
            Console.WriteLine($"{name,-40} {bomb.Length,12:N0} characters  {code,-15} {Stopwatch.GetElapsedTime(started).TotalMilliseconds,8:N0} ms");
        }

        return Report(watch.Elapsed);
    }

    private void Try(string answer, string place)
    {
        _answers++;
        _characters += answer.Length;
        var started = Stopwatch.GetTimestamp();
        ContractReading<Assessment>? narrow = null;
        try
        {
            foreach (var tolerance in Enum.GetValues<Tolerance>())
            {
                var reading = AssessmentContract.Instance.Read(answer, tolerance);
                Note(reading, tolerance);
                if (narrow is { Code: PromptErrorCode.None } sure && (reading.Code != PromptErrorCode.None || !reading.Rungs.SequenceEqual(sure.Rungs)))
                {
                    _findings.Add($"{place}: {tolerance} reads otherwise than the narrower one");
                }

                narrow = reading;
            }
        }
        catch (Exception exception)
        {
            _findings.Add($"{place}: {exception.GetType().Name} {exception.Message}");
        }

        var time = Stopwatch.GetElapsedTime(started);
        for (var again = 0; again < 10 && PerKilobyte(time, answer) > _slowest; again++)
        {
            // A pause of the machine or a first compilation does not come again.
            started = Stopwatch.GetTimestamp();
            AssessmentContract.Instance.Read(answer, Tolerance.Salvage);
            time = TimeSpan.FromTicks(Math.Min(time.Ticks, Stopwatch.GetElapsedTime(started).Ticks));
        }

        _slowest = Math.Max(_slowest, PerKilobyte(time, answer));
    }

    private static double PerKilobyte(TimeSpan time, string answer) => time.TotalMicroseconds * 1024 / Math.Max(1024, answer.Length);

    private void Note(ContractReading<Assessment> reading, Tolerance tolerance)
    {
        var key = (tolerance, reading.Code);
        _codes[key] = _codes.GetValueOrDefault(key) + 1;
        foreach (var rung in reading.Rungs)
        {
            _rungs[rung] = _rungs.GetValueOrDefault(rung) + 1;
        }
    }

    private int Report(TimeSpan time)
    {
        Console.WriteLine($"{_answers:N0} answers, {_characters / 1e6:N0} million characters, three tolerances, {time.TotalMinutes:0.0} min; slowest {_slowest:N0} µs per KB");
        foreach (var tolerance in Enum.GetValues<Tolerance>())
        {
            Console.WriteLine($"{tolerance,-8} {string.Join(", ", _codes.Where(pair => pair.Key.Tolerance == tolerance).OrderByDescending(static pair => pair.Value).Select(static pair => $"{pair.Key.Code} {pair.Value:N0}"))}");
        }

        Console.WriteLine($"rungs    {string.Join(", ", _rungs.OrderByDescending(static pair => pair.Value).Select(static pair => $"{pair.Key} {pair.Value:N0}"))}");
        _findings.Take(20).ToList().ForEach(Console.WriteLine);
        Console.WriteLine($"{_findings.Count} findings");
        return _findings.Count == 0 && _slowest < MostMicrosecondsPerKilobyte ? 0 : 1;
    }

    private static IEnumerable<(string Name, string Answer)> Bombs()
    {
        yield return ("[[[[…", new string('[', 1_000_000));
        yield return ("{\"a\":{\"a\":…", Repeated("{\"a\":", 200_000));
        yield return ("{a:[{a:[…", Repeated("{a:[", 250_000));
        yield return ("\" \" \" …", "{\"title\":\"" + Repeated("\" ", 500_000));
        yield return ("/* /* /*…", "{title: " + Repeated("/* ", 300_000));
        yield return ("{} {} {}…", Repeated("{} ", 300_000));
        yield return ("valid, but for a comma, 16 Mi", Assessment.Answer[..^1] + "," + new string(' ', (16 * 1024 * 1024) - Assessment.Answer.Length - 1) + "}");
        yield return ("{title: a, a, a… 16 Mi", "{title: " + Repeated("a, ", 5_500_000));
        yield return ("100 million characters", new string('{', 100_000_000));
    }

    private static string Repeated(string piece, int count) => new StringBuilder(piece.Length * count).Insert(0, piece, count).ToString();
}
