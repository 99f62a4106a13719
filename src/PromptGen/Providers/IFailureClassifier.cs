namespace PromptGen;

/// <summary>
/// Classifies the exceptions of a provider's SDK. A client answers <c>GetService(typeof(IFailureClassifier))</c> with its own,
/// or the program adds one with <see cref="PromptRuntimeBuilder.AddFailureClassifier"/>. The exceptions of .NET itself are known without one.
/// </summary>
public interface IFailureClassifier
{
    /// <summary>Classifies an exception. Called for every failed request, on any thread.</summary>
    /// <param name="exception">What the client threw; never a cancellation by the caller.</param>
    /// <returns>What it means, or null where this classifier does not know the exception.</returns>
    PromptFailure? Classify(Exception exception);
}
