using Microsoft.Extensions.Logging;

namespace PromptGen.Telemetry;

/// <summary>
/// Everything that is written to the log <c>PromptGen</c>: names, codes, numbers and names of types, never text of a prompt, of an answer or of an
/// exception.
/// </summary>
internal static partial class TelemetryLog
{
    [LoggerMessage(EventId = 1, Message = "{Prompt} ended after {Seconds:0.000} s and {Attempts} attempts: {Outcome}, {Cost}, {Model}", EventName = "promptgen.call")]
    public static partial void CallEnded(ILogger logger, LogLevel level, string prompt, double seconds, int attempts, string outcome, PromptCost cost, string model);

    [LoggerMessage(2, LogLevel.Warning, "{Prompt}: attempt {Attempt} with {Model} ({Provider}) failed: {ErrorType}, {ExceptionType}{Detail}", EventName = "gen_ai.client.operation.exception")]
    public static partial void AttemptFailed(ILogger logger, string prompt, int attempt, string model, string provider, string errorType, string exceptionType, string detail);

    [LoggerMessage(3, LogLevel.Information, "{Prompt}: the answer of {Model} ({Provider}) to attempt {Attempt} is not used: {ErrorType}{Detail}", EventName = "promptgen.rejected")]
    public static partial void AttemptRejected(ILogger logger, string prompt, int attempt, string model, string provider, string errorType, string detail);

    [LoggerMessage(4, LogLevel.Information, "{Prompt} escalates from {From} to {To}: {ErrorType}", EventName = "promptgen.escalation")]
    public static partial void Escalated(ILogger logger, string prompt, string from, string to, string errorType);

    [LoggerMessage(5, LogLevel.Information, "{Prompt} falls back from {From} to {To}: {ErrorType}", EventName = "promptgen.fallback")]
    public static partial void FellBack(ILogger logger, string prompt, string from, string to, string errorType);

    [LoggerMessage(18, LogLevel.Information, "{Prompt} resumes the stream of {From} at {To}: {ErrorType}", EventName = "promptgen.resume")]
    public static partial void Resumed(ILogger logger, string prompt, string from, string to, string errorType);

    [LoggerMessage(EventId = 6, Message = "The circuit of {Model} ({Provider}) is {State}", EventName = "promptgen.circuit")]
    public static partial void CircuitChanged(ILogger logger, LogLevel level, string model, string provider, string state);

    [LoggerMessage(7, LogLevel.Error, "{Prompt} failed: {ErrorType}, {Attempts} attempts, {Cost}: {Ledger}", EventName = "promptgen.exhausted")]
    public static partial void Exhausted(ILogger logger, string prompt, string errorType, int attempts, PromptCost cost, string ledger);

    [LoggerMessage(8, LogLevel.Warning, "{Prompt} is answered by its fallback method after {Attempts} attempts, {Cost}: {Ledger}", EventName = "promptgen.handed_over")]
    public static partial void HandedOver(ILogger logger, string prompt, int attempts, PromptCost cost, string ledger);

    [LoggerMessage(9, LogLevel.Warning, "{Prompt} does not ask {Model}: the attempt could exceed the budget of the {Budget}", EventName = "promptgen.budget")]
    public static partial void BudgetStopped(ILogger logger, string prompt, string model, string budget);

    [LoggerMessage(10, LogLevel.Error, "The changed configuration is not used: {Problem}", EventName = "promptgen.reload_refused")]
    public static partial void ReloadRefused(ILogger logger, string problem);

    [LoggerMessage(11, LogLevel.Error, "The budget store gives no answer ({Problem}): until it is back, calls under a named budget {Policy}", EventName = "promptgen.budget_store_down")]
    public static partial void BudgetStoreDown(ILogger logger, string problem, string policy);

    [LoggerMessage(12, LogLevel.Information, "The budget store answers again", EventName = "promptgen.budget_store_back")]
    public static partial void BudgetStoreBack(ILogger logger);

    [LoggerMessage(13, LogLevel.Warning, "{Model} ({Provider}): {Client} {Redirects}. A provider that answers with 307 or 308 could send prompts to another host. Set AllowAutoRedirect = false on the client's handler and answer GetService(typeof(RedirectHandling)) with NotFollowed", EventName = "promptgen.redirects")]
    public static partial void RedirectsPossible(ILogger logger, string model, string provider, string client, string redirects);

    [LoggerMessage(14, LogLevel.Error, "The budget store did not confirm {Count} settlements of the budget {Budget}: {Cost} may not be counted", EventName = "promptgen.budget_unsettled")]
    public static partial void SettlementsLost(ILogger logger, int count, string budget, PromptCost cost);

    [LoggerMessage(15, LogLevel.Warning, "Configuration without effect: {Problems}", EventName = "promptgen.configuration_unused")]
    public static partial void ConfigurationUnused(ILogger logger, string problems);

    [LoggerMessage(16, LogLevel.Warning, "The cache gives no answer ({Problem}): until it is back, models are called instead", EventName = "promptgen.cache_down")]
    public static partial void CacheDown(ILogger logger, string problem);

    [LoggerMessage(17, LogLevel.Information, "The cache answers again", EventName = "promptgen.cache_back")]
    public static partial void CacheBack(ILogger logger);

    [LoggerMessage(19, LogLevel.Error, "The ledger does not take calls ({Problem}): up to {Capacity} wait until it is back, those beyond are not recorded. No call is affected", EventName = "promptgen.ledger_down")]
    public static partial void LedgerDown(ILogger logger, string problem, int capacity);

    [LoggerMessage(20, LogLevel.Information, "The ledger takes calls again; {Dropped} calls were not recorded", EventName = "promptgen.ledger_back")]
    public static partial void LedgerBack(ILogger logger, long dropped);

    [LoggerMessage(21, LogLevel.Error, "{Dropped} calls were not recorded in the ledger", EventName = "promptgen.ledger_dropped")]
    public static partial void LedgerDropped(ILogger logger, long dropped);

    [LoggerMessage(22, LogLevel.Error, "The ledger refuses a call ({Problem}) and takes others: such calls are not recorded. No call is affected", EventName = "promptgen.ledger_refused")]
    public static partial void LedgerRefused(ILogger logger, string problem);

    [LoggerMessage(23, LogLevel.Warning, "{Prompt}: its router has no embedding by {Model} ({ErrorType}): the call enters at the stronger step", EventName = "promptgen.embedding")]
    public static partial void NotEmbedded(ILogger logger, string prompt, string model, string errorType);
}
