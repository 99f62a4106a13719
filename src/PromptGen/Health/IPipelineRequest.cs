namespace PromptGen.Health;

/// <summary>A request on its way through a <see cref="ModelPipeline"/>.</summary>
internal interface IPipelineRequest
{
    /// <summary>How the request ended; <see cref="PromptErrorCode.None"/> = with an answer to read.</summary>
    PromptErrorCode Code { get; }

    /// <summary>Sends the request. Never throws: a failure of the model is a code.</summary>
    /// <param name="isCounted">Whether the circuit breaker counts how it ends; where it does not, the request reports its end by <see cref="ModelPipeline.Count"/>.</param>
    /// <returns>What ends the call in place of the request; null = <see cref="Code"/> is how the request ended.</returns>
    ValueTask<Exception?> SendAsync(bool isCounted);

    /// <summary>The same request once more.</summary>
    IPipelineRequest Again();

    /// <summary>Whether the request failed in a way that may pass soon enough to wait for it.</summary>
    /// <param name="retries">How many requests before it were repeated.</param>
    bool IsWorthRetrying(int retries);

    /// <summary>The wait before the next retry.</summary>
    /// <param name="retries">How many requests before it were repeated.</param>
    TimeSpan? RetryDelay(int retries);
}
