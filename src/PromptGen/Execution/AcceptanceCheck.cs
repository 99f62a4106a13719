using PromptGen.Timing;

namespace PromptGen.Execution;

/// <summary>The checks that a valid value has to pass, of which the runtime knows only the outcome: null = accepted, a text = why not.</summary>
internal readonly struct AcceptanceCheck<T>
{
    private readonly Func<T, string?>? _reject;
    private readonly Func<T, CancellationToken, ValueTask<string?>>? _rejectAsync;
    private readonly Func<T, CancellationToken, ValueTask<PromptRejection?>>? _judge;

    public AcceptanceCheck(Func<T, string?> reject) => _reject = reject;

    public AcceptanceCheck(Func<T, CancellationToken, ValueTask<string?>> reject) => _rejectAsync = reject;

    public AcceptanceCheck(Func<T, CancellationToken, ValueTask<PromptRejection?>> judge) => _judge = judge;

    /// <summary>Whether <see cref="CheckAsync"/> is to be awaited; otherwise <see cref="Check"/> returns the verdict.</summary>
    public bool IsAsync => _rejectAsync is not null || _judge is not null;

    /// <summary>Whether another prompt may be asked.</summary>
    public bool IsJudged => _judge is not null;

    /// <param name="value">The value.</param>
    /// <param name="read">The verdict so far.</param>
    /// <param name="cancellationToken">The caller's token: what a check throws after it was cancelled is a cancellation.</param>
    public AnswerVerdict Check(T value, AnswerVerdict read, CancellationToken cancellationToken)
    {
        if (_reject is null)
        {
            return read;
        }

        try
        {
            return Verdict(read, _reject(value));
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            return read with { Code = PromptErrorCode.Cancelled };
        }
        catch (Exception exception)
        {
            return Threw(read, exception);
        }
    }

    /// <summary>Runs a check that takes its time: as long as the call's deadline allows, or until the caller's token ends it.</summary>
    public async ValueTask<AnswerVerdict> CheckAsync(T value, AnswerVerdict read, CallAccount account)
    {
        using var limit = account.Clock.Limit(account.CancellationToken);
        using var ambient = AmbientCall.Enter(account, joinsLimits: true, PromptAttemptReason.Judge);
        try
        {
            return _judge is null
                ? Verdict(read, await _rejectAsync!(value, limit.Token).OrAbandonAsync(limit.Token).ConfigureAwait(false))
                : Verdict(read, await _judge(value, limit.Token).OrAbandonAsync(limit.Token).ConfigureAwait(false));
        }
        catch (Exception) when (account.CancellationToken.IsCancellationRequested)
        {
            return read with { Code = PromptErrorCode.Cancelled };
        }
        catch (Exception) when (limit.Token.IsCancellationRequested)
        {
            return read with { Code = PromptErrorCode.DeadlineExceeded };
        }
        catch (PromptException) when (account.RanOut is not PromptErrorCode.None)
        {
            return read with { Code = account.RanOut };
        }
        catch (Exception exception)
        {
            return Threw(read, exception);
        }
    }

    /// <summary>The verdict on a value whose check threw.</summary>
    public static AnswerVerdict Threw(AnswerVerdict read, Exception exception) => read with
    {
        Code = PromptErrorCode.NotAccepted,
        Reason = $"The acceptance check threw {exception.GetType().Name}.",
        Exception = exception,
    };

    private static AnswerVerdict Verdict(AnswerVerdict read, string? reason) =>
        reason is null ? read : read with { Code = PromptErrorCode.NotAccepted, Reason = reason };

    private static AnswerVerdict Verdict(AnswerVerdict read, PromptRejection? rejection) => rejection is not { } known
        ? read
        : read with { Code = PromptErrorCode.NotAccepted, Reason = known.Reason, MayRepair = known.IsRepairable };
}
