using Microsoft.Extensions.AI;
using PromptGen.Contracts;
using PromptGen.Providers;
using PromptGen.Streaming;
using PromptGen.Telemetry;
using PromptGen.Timing;

namespace PromptGen.Execution;

/// <summary>
/// Receives one streamed answer after another and makes items of it, for as long as the model may take and the caller wants. Not thread-safe.
/// </summary>
/// <typeparam name="T">The type of the items.</typeparam>
/// <param name="items">Makes items of updates.</param>
/// <param name="resilience">How long a model may be silent.</param>
/// <param name="timeProvider">Measures the waits.</param>
internal sealed class StreamReceiver<T>(ItemReader<T> items, ResilienceOptions resilience, TimeProvider timeProvider)
{
    /// <summary>How long a client may take to clean up before the call goes on without it.</summary>
    private static readonly TimeSpan CleanUpTime = TimeSpan.FromSeconds(1);

    private TimedStream<ChatResponseUpdate>? _stream;
    private AttemptTelemetry? _telemetry;
    private long _silentSince;
    private long _most;
    private bool _hasAll;

    /// <summary>What is known of the answer.</summary>
    public StreamedAnswer Answer { get; private set; } = new();

    /// <summary>How long the first token may take, from <see cref="OpenAsync"/> on.</summary>
    public TimeSpan FirstTokenLimit { get; set; }

    /// <summary>How many items were handed over, behind which the next answer continues; null = it begins anew.</summary>
    public int? ContinuesBehind { get; set; }

    /// <summary>Whether there is an item that was not judged yet.</summary>
    public bool HasItem { get; private set; }

    /// <summary>Ends the request that is received.</summary>
    public CancellationToken CancellationToken { get; private set; }

    /// <summary>Sends a request. Throws what the client throws.</summary>
    public async ValueTask OpenAsync(IChatClient client, ModelRequest request, AttemptTelemetry? telemetry, CallClock clock, CancellationToken cancellationToken)
    {
        CancellationToken = cancellationToken;
        await CloseAsync(clock).ConfigureAwait(false);
        if (ContinuesBehind is { } count)
        {
            items.Continue(count);
        }
        else
        {
            items.Begin();
        }

        if (items.Guard is { } guard)
        {
            guard.Begin(clock.DeadlineClock, clock.EndsAt, cancellationToken);
        }

        Answer = new StreamedAnswer();
        _telemetry = telemetry;
        _hasAll = false;
        _most = Math.Min(ContractLimits.AnswerLength, AnswerCap.Of(request.Options).Bytes);
        Resume();
        _stream = TimedStream<ChatResponseUpdate>.Open(
            timeProvider,
            (Client: client, Request: request),
            static (state, token) => state.Client.GetStreamingResponseAsync(state.Request.Messages, state.Request.Options, token),
            cancellationToken);
    }

    /// <summary>From now on it is the model that is waited for.</summary>
    public void Resume() => _silentSince = timeProvider.GetTimestamp();

    /// <summary>
    /// Reads updates until they make an item, or the answer has ended or turned out to be broken. Time and token are looked at for each update:
    /// those of some clients never keep anybody waiting, and only content shows that there is an answer to come.
    /// </summary>
    /// <returns>The error of the stream itself; <see cref="PromptErrorCode.None"/> = it has none, and the items hold the result.</returns>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async ValueTask<PromptErrorCode> ReceiveAsync(CallClock clock)
    {
        while (!(HasItem = items.MoveNext()) && items.Code == PromptErrorCode.None && !_hasAll)
        {
            CancellationToken.ThrowIfCancellationRequested();
            var (limit, isDeadline) = Limit(clock);
            switch (limit == TimeSpan.Zero ? StreamMove.TimedOut : await _stream!.MoveNextAsync(limit).ConfigureAwait(false))
            {
                case StreamMove.Item:
                    Add(_stream!.Current);
                    if (Answer.Size > _most || items.Length > _most)
                    {
                        return PromptErrorCode.OutputTooLarge;
                    }

                    break;
                case StreamMove.End when Answer.Outcome is not PromptErrorCode.None and var outcome && !(items.TakesAnyEnd && Answer.IsWhole):
                    return outcome;
                case StreamMove.End:
                    _hasAll = true;
                    items.End();
                    break;
                default:
                    return isDeadline ? PromptErrorCode.DeadlineExceeded
                        : Answer.HasContent ? PromptErrorCode.StreamIdleTimeout
                        : PromptErrorCode.FirstTokenTimeout;
            }
        }

        return PromptErrorCode.None;
    }

    /// <summary>Ends the answer where it has not ended. Never throws, and takes no longer than the call has time.</summary>
    public ValueTask CloseAsync(CallClock clock)
    {
        var stream = _stream;
        _stream = null;
        return stream is null ? ValueTask.CompletedTask : stream.CloseAsync(clock.Remaining is { } left && left < CleanUpTime ? left : CleanUpTime);
    }

    private void Add(ChatResponseUpdate? update)
    {
        if (update is null)
        {
            return;
        }

        var isFirst = !Answer.HasContent;
        var isContent = Answer.Add(update);
        items.Add(update);
        if (!isContent)
        {
            return;
        }

        if (isFirst)
        {
            // Nothing else was waited for since the request was sent.
            Answer.FirstTokenMicroseconds = (int)Math.Clamp(timeProvider.GetElapsedTime(_silentSince).TotalMicroseconds, 1, int.MaxValue);
        }

        Resume();
        if (isFirst)
        {
            _telemetry?.FirstChunk();
        }
        else
        {
            _telemetry?.NextChunk();
        }
    }

    /// <summary>How long the next update may take, zero = no longer, and whether it is the deadline that says so.</summary>
    private (TimeSpan Limit, bool IsDeadline) Limit(CallClock clock)
    {
        var now = clock.Now;
        var limit = Answer.HasContent ? resilience.StreamIdleTimeout : FirstTokenLimit;
        if (limit != Timeout.InfiniteTimeSpan)
        {
            limit -= clock.Between(_silentSince, now);
            limit = limit > TimeSpan.Zero ? limit : TimeSpan.Zero;
        }

        return clock.RemainingAt(now) is { } left && (limit == Timeout.InfiniteTimeSpan || left <= limit) ? (left, true) : (limit, false);
    }
}
