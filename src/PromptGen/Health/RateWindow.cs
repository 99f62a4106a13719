namespace PromptGen.Health;

/// <summary>
/// A limit of requests and tokens per minute: what was admitted during the last minute, in the order of the admission, and what other programs take of it. A request
/// leaves the window exactly one minute after its admission. Not thread-safe.
/// </summary>
/// <param name="length">The length of the window, in ticks of the clock.</param>
internal sealed class RateWindow(long length)
{
    /// <summary>No limit; sums of a few of these do not overflow.</summary>
    private const long Unlimited = 1L << 60;

    private Entry[] _entries = new Entry[16];

    /// <summary>The number of the oldest request in the window.</summary>
    private long _first = 1;

    /// <summary>The number of the next request.</summary>
    private long _next = 1;

    private long _requests;
    private long _tokens;
    private long _maxRequests = Unlimited;
    private long _maxTokens = Unlimited;
    private Held _heldRequests;
    private Held _heldTokens;

    /// <summary>When room may appear by itself; null = nothing is admitted or held.</summary>
    public long? NextEnd
    {
        get
        {
            var end = _first == _next ? long.MaxValue : EndOf(_first);
            end = Math.Min(end, _heldRequests.Amount > 0 ? _heldRequests.Ends : long.MaxValue);
            end = Math.Min(end, _heldTokens.Amount > 0 ? _heldTokens.Ends : long.MaxValue);
            return end == long.MaxValue ? null : end;
        }
    }

    /// <summary>Sets the limits. What was admitted before counts.</summary>
    /// <param name="requests">Requests per minute, above 0; null = no limit.</param>
    /// <param name="tokens">Tokens per minute, above 0; null = no limit.</param>
    public void Limit(long? requests, long? tokens) => (_maxRequests, _maxTokens) = (Math.Min(requests ?? Unlimited, Unlimited), Math.Min(tokens ?? Unlimited, Unlimited));

    /// <summary>Takes over how much the provider still admits: what is missing to that is held until the provider's limit resets.</summary>
    /// <param name="requests">How many requests it still admits; null = not known.</param>
    /// <param name="requestsReset">When its limit of requests resets, as a timestamp.</param>
    /// <param name="tokens">How many tokens it still admits; null = not known.</param>
    /// <param name="tokensReset">When its limit of tokens resets, as a timestamp.</param>
    public void HoldUntil(long? requests, long requestsReset, long? tokens, long tokensReset)
    {
        _heldRequests = requests is { } r ? new Held(Math.Max(0, _maxRequests - _requests - r), requestsReset) : _heldRequests;
        _heldTokens = tokens is { } t ? new Held(Math.Max(0, _maxTokens - _tokens - t), tokensReset) : _heldTokens;
    }

    /// <summary>Whether a request fits. One that is larger than the limit itself fits where nothing else takes tokens.</summary>
    public bool Fits(long tokens) =>
        _requests + _heldRequests.Amount < _maxRequests
        && (tokens <= _maxTokens - _tokens - _heldTokens.Amount || (tokens > _maxTokens && _tokens + _heldTokens.Amount == 0));

    /// <returns>The number of the request.</returns>
    public long Add(long now, long tokens)
    {
        if (_next - _first == _entries.Length)
        {
            Grow();
        }

        Of(_next) = new Entry(now, tokens, 1);
        _requests++;
        _tokens += tokens;
        return _next++;
    }

    /// <summary>Removes what was admitted a minute ago or before, and what is no longer held.</summary>
    public void MoveTo(long now)
    {
        while (_first < _next && EndOf(_first) <= now)
        {
            ref var entry = ref Of(_first++);
            _requests -= entry.Requests;
            _tokens -= entry.Tokens;
        }

        if (_heldRequests.Ends <= now)
        {
            _heldRequests = default;
        }

        if (_heldTokens.Ends <= now)
        {
            _heldTokens = default;
        }
    }

    /// <summary>Corrects what a request takes. One that has left the window, or was never in it, changes nothing.</summary>
    /// <param name="number">The number of the request.</param>
    /// <param name="tokens">The tokens that it takes.</param>
    /// <param name="requests">1; 0 = it was not sent.</param>
    public void Correct(long number, long tokens, int requests)
    {
        if (number < _first)
        {
            return;
        }

        ref var entry = ref Of(number);
        _requests += requests - entry.Requests;
        _tokens += tokens - entry.Tokens;
        (entry.Tokens, entry.Requests) = (tokens, requests);
    }

    /// <summary>
    /// When a request is admitted that comes after others that wait, as a timestamp. Those in front of it take each place that becomes free; where they are more than the
    /// limit itself, that takes whole minutes more.
    /// </summary>
    /// <param name="tokens">Its tokens.</param>
    /// <param name="waitingRequests">How many requests wait in front of it.</param>
    /// <param name="waitingTokens">Their tokens.</param>
    /// <param name="now">The timestamp.</param>
    public long WhenAdmitted(long tokens, long waitingRequests, long waitingTokens, long now)
    {
        var requests = _requests + _heldRequests.Amount + waitingRequests + 1 - _maxRequests;
        var excess = _tokens + _heldTokens.Amount + waitingTokens + Math.Min(tokens, _maxTokens) - _maxTokens;
        return Math.Max(WhenFree(requests, _maxRequests, _heldRequests, isTokens: false, now), WhenFree(excess, _maxTokens, _heldTokens, isTokens: true, now));
    }

    /// <returns>When so much has become free: as requests leave the window, or also because others hold nothing any more.</returns>
    private long WhenFree(long excess, long max, in Held held, bool isTokens, long now)
    {
        if (excess <= 0)
        {
            return now;
        }

        var minutes = (excess - 1) / max;
        excess -= minutes * max;
        var free = held.Amount == 0 ? WhenLeft(excess, isTokens, now)
            : Math.Min(WhenLeft(excess, isTokens, now), Math.Max(held.Ends, WhenLeft(excess - held.Amount, isTokens, now)));
        return (free < long.MaxValue ? free : _first == _next ? now : EndOf(_next - 1)) + (minutes * length);
    }

    /// <returns>When so much has left the window; the greatest timestamp where it does not hold so much.</returns>
    private long WhenLeft(long excess, bool isTokens, long now)
    {
        var number = _first;
        for (; excess > 0 && number < _next; number++)
        {
            ref var entry = ref Of(number);
            excess -= isTokens ? entry.Tokens : entry.Requests;
        }

        return excess > 0 ? long.MaxValue : number == _first ? now : EndOf(number - 1);
    }

    private long EndOf(long number) => Of(number).At + length;

    private ref Entry Of(long number) => ref _entries[number & (_entries.Length - 1)];

    private void Grow()
    {
        var larger = new Entry[2 * _entries.Length];
        for (var number = _first; number < _next; number++)
        {
            larger[number & (larger.Length - 1)] = Of(number);
        }

        _entries = larger;
    }

    private record struct Entry(long At, long Tokens, int Requests);

    /// <summary>What others take of the limit until a time.</summary>
    private readonly record struct Held(long Amount, long Ends);
}
