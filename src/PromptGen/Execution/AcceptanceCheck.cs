namespace PromptGen.Execution;

/// <summary>The checks that a valid value has to pass, of which the runtime knows only the outcome: null = accepted, a text = why not.</summary>
internal readonly struct AcceptanceCheck<T>
{
    private readonly Func<T, string?>? _reject;
    private readonly Func<T, CancellationToken, ValueTask<string?>>? _rejectAsync;

    public AcceptanceCheck(Func<T, string?> reject) => _reject = reject;

    public AcceptanceCheck(Func<T, CancellationToken, ValueTask<string?>> reject) => _rejectAsync = reject;

    /// <summary>Whether <see cref="CheckAsync"/> is to be awaited; otherwise <see cref="Check"/> tells at once.</summary>
    public bool IsAsync => _rejectAsync is not null;

    public AcceptanceVerdict Check(T value, CancellationToken cancellationToken)
    {
        try
        {
            return _reject is null ? default : Verdict(_reject(value));
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            return new(PromptErrorCode.Cancelled);
        }
        catch (Exception exception)
        {
            return Threw(exception);
        }
    }

    /// <summary>Runs a check that takes its time: as long as the call's deadline allows, or until the caller's token ends it.</summary>
    public async ValueTask<AcceptanceVerdict> CheckAsync(T value, CallClock clock, CancellationToken cancellationToken)
    {
        using var limit = clock.Limit();
        var token = limit?.Token ?? cancellationToken;
        using var link = limit is null
            ? default
            : cancellationToken.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), limit);
        try
        {
            var pending = _rejectAsync!(value, token);
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
