using Acme.Support.Report;
using PromptGen;
using Spectre.Console;

namespace Acme.Patterns.Report;

/// <summary>The ledger of a call in one line: <c>router gpt-5.6-luna ✓ → gpt-5.6-sol ✓</c>.</summary>
internal static class Trail
{
    /// <summary>The attempts in order.</summary>
    public static Paragraph Of(Outcome outcome)
    {
        var trail = new Paragraph();
        foreach (var (attempt, index) in outcome.Attempts.Select(static (attempt, index) => (attempt, index)))
        {
            var isAccepted = attempt.Outcome == PromptErrorCode.None;
            trail.Append($"{(index == 0 ? "" : "→ ")}{Who(attempt)} ");
            trail.Append(isAccepted ? "✓ " : "✗ ", new Style(isAccepted ? Color.Green : Color.Red));
            trail.Append(isAccepted ? "" : $"{Why(attempt.Outcome)} ");
        }

        return outcome.IsLeftToPerson ? trail.Append("→ a person") : trail;
    }

    // A retry and a repair ask the same model again.
    private static string Who(PromptAttempt attempt) => attempt.Reason switch
    {
        PromptAttemptReason.Retry => "retry",
        PromptAttemptReason.Repair => "repair",
        PromptAttemptReason.Route => $"router {ModelName.Of(attempt.ModelId)}",
        PromptAttemptReason.Judge => $"judge {ModelName.Of(attempt.ModelId)}",
        _ => ModelName.Of(attempt.ModelId),
    };

    private static string Why(PromptErrorCode code) => code switch
    {
        PromptErrorCode.InvalidJson => "not JSON",
        PromptErrorCode.SchemaMismatch => "schema",
        PromptErrorCode.NotAccepted => "rejected",
        PromptErrorCode.RateLimited => "429",
        PromptErrorCode.ServerError => "500",
        PromptErrorCode.Overloaded => "503",
        _ => code.ToString(),
    };
}
