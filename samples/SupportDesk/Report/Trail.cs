using PromptGen;

namespace Acme.Support.Report;

/// <summary>The ledger of a call in one line: <c>gpt-5.6-luna ✗ schema → repair ✓</c>.</summary>
internal static class Trail
{
    /// <summary>Writes the attempts in order.</summary>
    public static string Of(PromptResult<Triage> result)
    {
        var steps = result.Attempts.Select(Step);

        return string.Join(" → ", result.ModelId.Length == 0 ? steps.Append("a person") : steps);
    }

    /// <summary>How an attempt ended, in a word or two.</summary>
    public static string Outcome(PromptAttempt attempt) => attempt.Outcome switch
    {
        PromptErrorCode.None => Overlooked(attempt),
        PromptErrorCode.SchemaMismatch => "schema",
        PromptErrorCode.InvalidJson => "not JSON",
        PromptErrorCode.NotAccepted => "confidence",
        PromptErrorCode.Truncated => "cut off",
        PromptErrorCode.Refused => "refused",
        PromptErrorCode.RateLimited => "429",
        PromptErrorCode.ServerError => "500",
        PromptErrorCode.Overloaded => "503",
        PromptErrorCode.AttemptTimeout => "time-out",
        PromptErrorCode.Transport => "connection",
        var code => code.ToString(),
    };

    // A retry and a repair ask the same model again.
    private static string Step(PromptAttempt attempt)
    {
        var who = attempt.Reason switch
        {
            PromptAttemptReason.Retry => "retry",
            PromptAttemptReason.Repair => "repair",
            _ => ModelName.Of(attempt.ModelId),
        };

        return $"{who} {(attempt.Outcome == PromptErrorCode.None ? '✓' : '✗')} {Outcome(attempt)}".TrimEnd();
    }

    private static string Overlooked(PromptAttempt attempt) => attempt.Rungs.Count == 0 ? "" : $"({string.Join(", ", attempt.Rungs.Select(InWords))})";

    /// <summary><c>ControlCharacter</c> as <c>control character</c>.</summary>
    private static string InWords(string rung) =>
        string.Concat(rung.Select((c, i) => i > 0 && char.IsUpper(c) ? $" {char.ToLowerInvariant(c)}" : char.ToLowerInvariant(c).ToString()));
}
