using PromptGen.Timing;

namespace PromptGen.Execution;

/// <summary>
/// Asks the prompt's <see cref="FallbackAttribute"/> method, once the route gave no answer. It has a time of its own: the call's deadline may be
/// why it is asked. Whatever it throws is an error with the ledger of the call.
/// </summary>
internal readonly struct Substitution
{
    private readonly StepRunner _steps;
    private readonly TimeProvider _timeProvider;
    private readonly TimeSpan _time;
    private readonly CancellationToken _cancellationToken;

    /// <param name="steps">The call.</param>
    /// <param name="timeProvider">Measures the time.</param>
    /// <param name="seconds">How long the method may take; for a stream, each of its items.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time is not above zero, or longer than a day.</exception>
    public Substitution(StepRunner steps, TimeProvider timeProvider, double seconds, CancellationToken cancellationToken)
    {
        if (seconds is not (> 0 and <= SubstituteTime.Most))
        {
            throw new ArgumentOutOfRangeException(nameof(seconds), seconds, "A substitute may take more than 0 and at most 86,400 seconds.");
        }

        _steps = steps;
        _timeProvider = timeProvider;
        _time = TimeSpan.FromSeconds(seconds);
        _cancellationToken = cancellationToken;
    }

    /// <summary>Asks a method that gives one answer.</summary>
    public async ValueTask<TAnswer> AskAsync<TState, TAnswer>(TState state, Func<TState, CancellationToken, ValueTask<TAnswer>> method)
    {
        using var ambient = AmbientCall.Enter(_steps.Account, joinsLimits: false);
        using var limit = TimeLimit.Start(_timeProvider, _time, _cancellationToken);
        try
        {
            var answer = method(state, limit.Token);
            return answer.IsCompleted
                ? await answer.ConfigureAwait(false)
                : await answer.AsTask().OrAbandonAsync(limit.Token).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            throw Failed(limit.IsOver ? TookTooLong() : exception);
        }
    }

    /// <summary>Asks a method that gives a stream.</summary>
    public async IAsyncEnumerable<T> StreamAsync<TState, T>(TState state, Func<TState, CancellationToken, IAsyncEnumerable<T>> method)
    {
        var stream = Open(state, method);
        try
        {
            while (await MoveNextAsync(stream).ConfigureAwait(false))
            {
                yield return stream.Current;
            }
        }
        finally
        {
            await stream.CloseAsync(_time).ConfigureAwait(false);
        }
    }

    private TimedStream<T> Open<TState, T>(TState state, Func<TState, CancellationToken, IAsyncEnumerable<T>> method)
    {
        try
        {
            return TimedStream<T>.Open(_timeProvider, state, method, _cancellationToken);
        }
        catch (Exception exception)
        {
            throw Failed(exception);
        }
    }

    private async ValueTask<bool> MoveNextAsync<T>(TimedStream<T> stream)
    {
        using var ambient = AmbientCall.Enter(_steps.Account, joinsLimits: false);
        StreamMove move;
        try
        {
            move = await stream.MoveNextAsync(_time).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            throw Failed(exception);
        }

        return move == StreamMove.TimedOut ? throw Failed(TookTooLong()) : move == StreamMove.Item;
    }

    private TimeoutException TookTooLong() => new($"The [Fallback] method took longer than {Seconds.Of(_time)}.");

    private Exception Failed(Exception exception) =>
        _cancellationToken.IsCancellationRequested ? _steps.Cancelled() : _steps.SubstituteFailed(exception);
}
