namespace PromptGen.Health;

/// <summary>
/// The requests that were admitted during the last minute and the tokens that they take, in the order of their admission. A request leaves it exactly one minute
/// after its admission. Not thread-safe.
/// </summary>
/// <param name="length">The length of the window, in ticks of the clock.</param>
internal sealed class RateWindow(long length)
{
    private Entry[] _entries = new Entry[16];

    /// <summary>The number of the oldest request in the window.</summary>
    private long _first = 1;

    /// <summary>The number of the next request.</summary>
    private long _next = 1;

    /// <summary>How many requests count.</summary>
    public long Requests { get; private set; }

    /// <summary>How many tokens they take.</summary>
    public long Tokens { get; private set; }

    /// <summary>When the oldest request leaves the window; null = it is empty.</summary>
    public long? OldestEnds => _first == _next ? null : EndOf(_first);

    public RateLease Add(long now, long tokens)
    {
        if (_next - _first == _entries.Length)
        {
            Grow();
        }

        Of(_next) = new Entry(now, tokens, 1);
        Requests++;
        Tokens += tokens;
        return new RateLease(_next++, now);
    }

    /// <summary>Removes what was admitted a minute ago or before.</summary>
    public void MoveTo(long now)
    {
        while (_first < _next && EndOf(_first) <= now)
        {
            ref var entry = ref Of(_first++);
            Requests -= entry.Requests;
            Tokens -= entry.Tokens;
        }
    }

    /// <summary>Corrects what a request takes. One that has left the window stays as it is.</summary>
    /// <param name="lease">The lease of the request.</param>
    /// <param name="tokens">The tokens that it takes.</param>
    /// <param name="requests">1; 0 = it was not sent.</param>
    public void Correct(in RateLease lease, long tokens, int requests)
    {
        if (lease.Number < _first)
        {
            return;
        }

        ref var entry = ref Of(lease.Number);
        Requests += requests - entry.Requests;
        Tokens += tokens - entry.Tokens;
        (entry.Tokens, entry.Requests) = (tokens, requests);
    }

    /// <returns>When so many requests and tokens have left the window, as a timestamp.</returns>
    public long WhenFree(long requests, long tokens)
    {
        var number = _first;
        for (; number < _next - 1; number++)
        {
            ref var entry = ref Of(number);
            requests -= entry.Requests;
            tokens -= entry.Tokens;
            if (requests <= 0 && tokens <= 0)
            {
                break;
            }
        }

        return EndOf(number);
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
}
