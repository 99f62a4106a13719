using System.Globalization;
using PromptGen;

namespace Acme.Support.Report;

/// <summary>Everything about one call: the answer and each attempt with what was wrong about it.</summary>
internal static class Ledger
{
    /// <summary>Writes answer and attempts.</summary>
    public static void Write(TextWriter output, PromptResult<Triage> result)
    {
        var (queue, urgency, summary, confidence) = result.Value;
        output.WriteLine($"queue        {queue}");
        output.WriteLine($"urgency      {urgency} of 5");
        output.WriteLine($"summary      {summary}");
        output.WriteLine(FormattableString.Invariant($"confidence   {confidence:0.00}"));
        output.WriteLine($"answered by  {ModelName.Of(result.ModelId)}");
        output.WriteLine();
        TextTable.Write(output, [["attempt", "model", "why", "outcome", "tokens in", "out", "cost", "time"], .. result.Attempts.Select(Row)]);
        foreach (var (attempt, number) in result.Attempts.Select((attempt, index) => (attempt, index + 1)))
        {
            WriteComplaints(output, attempt, number);
        }

        output.WriteLine();
        output.WriteLine($"in total     {result.Cost}, {Milliseconds(result.Duration)}");
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

    private static void WriteComplaints(TextWriter output, PromptAttempt attempt, int number)
    {
        foreach (var violation in attempt.Violations)
        {
            output.WriteLine($"  {number}: {violation}, got {violation.Actual.ReplaceLineEndings(" ")}");
        }

        if (attempt.RejectionReason is { } reason)
        {
            output.WriteLine($"  {number}: {reason}");
        }
    }

    private static string Text(long? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "–";

    private static string Milliseconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0} ms");
}
