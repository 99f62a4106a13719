namespace PromptGen.Execution;

/// <summary>The checks that a valid value has to pass, of which the runtime knows only the outcome: null = accepted, a text = why not.</summary>
internal readonly struct AcceptanceCheck<T>
{
    private readonly Func<T, string?>? _reject;
    private readonly Func<T, CancellationToken, ValueTask<string?>>? _rejectAsync;

    public AcceptanceCheck(Func<T, string?> reject) => _reject = reject;

    public AcceptanceCheck(Func<T, CancellationToken, ValueTask<string?>> reject) => _rejectAsync = reject;

    public bool IsNone => _reject is null && _rejectAsync is null;

    /// <summary>Runs the check. It may take as long as the call's deadline allows, and ends with the caller's token.</summary>
    public ValueTask<AcceptanceVerdict> CheckAsync(T value, CallClock clock, CancellationToken cancellationToken)
    {
        if (_rejectAsync is not null)
        {
            return WaitAsync(_rejectAsync, value, clock, cancellationToken);
        }

        try
        {
            return new(Verdict(_reject!(value)));
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            return new(new AcceptanceVerdict(PromptErrorCode.Cancelled));
        }
        catch (Exception exception)
        {
            return new(Threw(exception));
        }
    }

    private static async ValueTask<AcceptanceVerdict> WaitAsync(
        Func<T, CancellationToken, ValueTask<string?>> reject,
        T value,
        CallClock clock,
        CancellationToken cancellationToken)
    {
        using var limit = clock.Limit();
        var token = limit?.Token ?? cancellationToken;
        using var link = limit is null
            ? default
            : cancellationToken.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), limit);
        try
        {
            var pending = reject(value, token);
            return Verdict(pending.IsCompleted
                ? await pending.ConfigureAwait(false)
                : await pending.AsTask().WaitAsync(token).ConfigureAwait(false));
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            return new(PromptErrorCode.Cancelled);
        }
        catch (Exception) when (token.IsCancellationRequested)
        {
            return new(PromptErrorCode.DeadlineExceeded);
        }
        catch (Exception exception)
        {
            return Threw(exception);
        }
    }

    private static AcceptanceVerdict Verdict(string? reason) => reason is null ? default : new(PromptErrorCode.NotAccepted, reason);

    private static AcceptanceVerdict Threw(Exception exception) =>
        new(PromptErrorCode.NotAccepted, $"The acceptance check threw {exception.GetType().Name}.", exception);
}
