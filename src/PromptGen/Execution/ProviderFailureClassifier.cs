namespace PromptGen.Execution;

/// <summary>Reads code and wait from a <see cref="ProviderRequestException"/>.</summary>
public sealed class ProviderFailureClassifier : IFailureClassifier
{
    /// <summary>The one instance.</summary>
    public static ProviderFailureClassifier Instance { get; } = new();

    /// <inheritdoc />
    public PromptFailure? Classify(Exception exception) =>
        exception is ProviderRequestException failure ? new PromptFailure(failure.Code, failure.RetryAfter) : null;
}
