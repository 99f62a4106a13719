using Acme.Support.Report;
using PromptGen;
using Spectre.Console;

namespace Acme.Patterns.Report;

/// <summary>The ledger of a call in one line: <c>router gpt-5.6-luna ✓ → gpt-5.6-sol ✓</c>, with the votes of an ensemble: <c>gpt-5.6-luna ✓ Safe → haiku-4-5 ✓ Safe</c>.</summary>
internal static class Trail
{
    /// <summary>The attempts in order.</summary>
    public static Paragraph Of(Outcome outcome)
    {
        var trail = new Paragraph();
        var prompt = "";
        foreach (var (attempt, index) in InOrder(outcome).Select(static (attempt, index) => (attempt, index)))
        {
            var isAccepted = attempt.Outcome == PromptErrorCode.None;
            trail.Append($"{(index == 0 ? "" : "→ ")}{(outcome.HasStages && attempt.Prompt != prompt ? Stage(attempt) : "")}{Who(attempt)} ");
            prompt = attempt.Prompt;
            trail.Append(isAccepted ? "✓ " : "✗ ", new Style(isAccepted ? Color.Green : Color.Red));
            trail.Append(isAccepted ? Vote(outcome, attempt) : $"{Why(attempt.Outcome)} ");
        }

        return outcome.IsLeftToPerson ? trail.Append("→ a person") : trail;
    }

    // The choice is JSON; that of an enum is its name in quotes. No model votes twice here.
    private static string Vote(Outcome outcome, PromptAttempt attempt) =>
        outcome.Votes.FirstOrDefault(vote => vote.ModelId == attempt.ModelId)?.Choice is { } choice ? $"{choice.Trim('"')} " : "";

    // Members of an ensemble are asked side by side. The order of its declaration makes every run print the same.
    private static IEnumerable<PromptAttempt> InOrder(Outcome outcome)
    {
        var members = outcome.Votes.Select(static vote => vote.ModelId).ToList();
        var voting = outcome.Attempts.TakeWhile(attempt => members.Contains(attempt.ModelId)).ToList();

        return voting.OrderBy(attempt => members.IndexOf(attempt.ModelId)).Concat(outcome.Attempts.Skip(voting.Count));
    }

    // The method's name: ExtractAsync is "extract".
    private static string Stage(PromptAttempt attempt) =>
        $"{attempt.Prompt[(attempt.Prompt.LastIndexOf('.') + 1)..].Replace("Async", "", StringComparison.Ordinal).ToLowerInvariant()} ";

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
