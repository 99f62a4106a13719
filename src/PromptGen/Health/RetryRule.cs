using PromptGen.Providers;
using PromptGen.Timing;

namespace PromptGen.Health;

/// <summary>Whether a model is asked again after a fault that may pass, and when.</summary>
/// <param name="options">The settings.</param>
/// <param name="clock">The time of the call.</param>
internal readonly struct RetryRule(ResilienceOptions options, CallClock clock)
{
    /// <summary>Whether the latest request failed in a way that may pass soon enough to wait for it.</summary>
    /// <param name="code">How it failed.</param>
    /// <param name="exception">What the client threw.</param>
    /// <param name="hint">The wait that the provider asks for.</param>
    /// <param name="retries">How often the model was asked again so far.</param>
    public bool IsWorthwhile(PromptErrorCode code, Exception? exception, TimeSpan? hint, int retries)
    {
        var mayPass = code switch
        {
            PromptErrorCode.RateLimited or PromptErrorCode.Overloaded or PromptErrorCode.ServerError => true,
            PromptErrorCode.Transport => !FailureClassifier.IsCertificateError(exception),
            PromptErrorCode.ProtocolError => retries == 0,
            _ => false,
        };
        return mayPass && (hint is { } wait ? !IsTooLong(wait) : clock.Remaining is not { } left || options.RetryDelay < left);
    }

    /// <summary>The wait before the next retry.</summary>
    public TimeSpan Delay(TimeSpan? hint, int retries)
    {
        var random = options.Randomizer();
        var delay = hint is { } wait
            ? wait * (1 + (random / 10))
            : options.RetryDelay * (Math.Pow(2, retries) * (0.5 + random));
        return clock.Remaining is { } left && delay > left ? left : delay;
    }

    /// <summary>Whether a provider asks for a longer wait than this call goes along with.</summary>
    public bool IsTooLong(TimeSpan hint) => hint > options.MaxRetryAfter || (clock.Remaining is { } left && hint > left);
}
