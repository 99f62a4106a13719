namespace PromptGen.Evaluation;

/// <summary>Which failures of a metric are broken measurements; the others end the measurement, which is tried again when the run is repeated.</summary>
internal static class MetricFailure
{
    /// <summary>Whether the run, not the metric, is why there is no score: it was cancelled, its money is used up, or its journal does not have the outcome of a request.</summary>
    public static bool EndsRun(Exception exception, CancellationToken cancellationToken) =>
        (exception is OperationCanceledException && cancellationToken.IsCancellationRequested)
        || (exception is PromptException prompt && (IsOfRun(prompt.Code) || (prompt.Code == PromptErrorCode.RouteExhausted && prompt.Attempts is [.., { } last] && IsOfRun(last.Outcome))));

    /// <summary>The broken measurement of a failure. Messages of other exceptions may have texts of answers: they stay out.</summary>
    public static MetricOutcome Of(string name, Exception exception) =>
        MetricOutcome.Broken(exception is PromptException ? $"{name} failed: {exception.Message}" : $"{name} threw {exception.GetType().Name}.");

    private static bool IsOfRun(PromptErrorCode code) => code is PromptErrorCode.BudgetExceeded or PromptErrorCode.OutcomeUnknown or PromptErrorCode.Cancelled or PromptErrorCode.Configuration;
}
