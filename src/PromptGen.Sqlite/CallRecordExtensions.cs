namespace PromptGen.Sqlite;

internal static class CallRecordExtensions
{
    /// <summary>Whether a request was made for a reason.</summary>
    public static bool Has(this CallRecord call, PromptAttemptReason reason) => call.Attempts.Any(attempt => attempt.Reason == reason);

    /// <summary>Whether a request ended so.</summary>
    public static bool Has(this CallRecord call, PromptErrorCode outcome) => call.Attempts.Any(attempt => attempt.Outcome == outcome);
}
