namespace PromptGen.Providers;

/// <summary>Reads code and wait from the first <see cref="ProviderRequestException"/> in an exception, its inner ones and those of an <see cref="AggregateException"/>.</summary>
public sealed class ProviderFailureClassifier : IFailureClassifier
{
    /// <summary>The one instance.</summary>
    public static ProviderFailureClassifier Instance { get; } = new();

    /// <inheritdoc />
    public PromptFailure? Classify(Exception exception) =>
        ExceptionChain.ProviderFailure(exception) is { } failure ? new PromptFailure(failure.Code, failure.RetryAfter) : null;
}
