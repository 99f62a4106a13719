namespace PromptGen;

/// <summary>
/// Takes what people, tests and judges say about the answers of calls: <see cref="PromptRuntime.FeedbackAsync"/>. Every <see cref="ICallLedger"/> is one; another one may pass verdicts on, for
/// example to a service that collects labels. Thread-safe.
/// </summary>
public interface IFeedbackSink
{
    /// <summary>Adds the verdict of a person, a test or a judge on an answer. It may come before its call is known. A later verdict of the same source replaces the earlier one.</summary>
    /// <param name="verdict">The verdict.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task that ends when it is kept.</returns>
    Task AddVerdictAsync(CallVerdict verdict, CancellationToken cancellationToken = default);
}
