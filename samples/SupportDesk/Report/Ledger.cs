using System.Globalization;
using PromptGen;
using Spectre.Console;

namespace Acme.Support.Report;

/// <summary>Everything about one call: the answer and each attempt with what was wrong about it.</summary>
internal static class Ledger
{
    /// <summary>Writes answer and attempts.</summary>
    public static void Write(IAnsiConsole console, PromptResult<Triage> result)
    {
        var (queue, urgency, summary, confidence) = result.Value;
        console.WriteLine($"queue        {queue}");
        console.WriteLine($"urgency      {urgency} of 5");
        console.WriteLine($"summary      {summary}");
        console.WriteLine(FormattableString.Invariant($"confidence   {confidence:0.00}"));
        console.WriteLine($"answered by  {ModelName.Of(result.ModelId)}");
        console.WriteLine();
        TextTable.Write(console, ["attempt", "model", "why", "outcome", "in", "out", "cost", "time"], result.Attempts.Select(Row));
        foreach (var (attempt, number) in result.Attempts.Select((attempt, index) => (attempt, index + 1)))
        {
            WriteComplaints(console, attempt, number);
        }

        console.WriteLine();
        console.WriteLine($"in total     {result.Cost}, {Milliseconds(result.Duration)}");
    }

    private static string[] Row(PromptAttempt attempt, int index) =>
    [
        Text(index + 1),
        attempt.ModelId,
        attempt.Reason.ToString(),
        attempt.Outcome == PromptErrorCode.None ? $"accepted {Trail.Outcome(attempt)}".TrimEnd() : attempt.Outcome.ToString(),
        Text(attempt.Usage?.InputTokenCount),
        Text(attempt.Usage?.OutputTokenCount),
        attempt.Cost.ToString(),
        Milliseconds(attempt.Duration),
    ];

    private static void WriteComplaints(IAnsiConsole console, PromptAttempt attempt, int number)
    {
        foreach (var violation in attempt.Violations)
        {
            console.WriteLine($"  {number}: {violation}, got {violation.Actual.ReplaceLineEndings(" ")}");
        }

        if (attempt.RejectionReason is { } reason)
        {
            console.WriteLine($"  {number}: {reason}");
        }
    }

    private static string Text(long? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "–";

    private static string Milliseconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0} ms");
}
