using PromptGen.Timing;

namespace PromptGen.Pipelines;

/// <summary>The items of a list.</summary>
internal sealed class ListSource<TSource>(IEnumerable<TSource> items) : IAsyncEnumerator<TSource>
{
    private readonly IEnumerator<TSource> _items = items.GetEnumerator();

    public TSource Current => _items.Current;

    public ValueTask<bool> MoveNextAsync() => new(_items.MoveNext());

    public ValueTask DisposeAsync()
    {
        _items.Dispose();
        return default;
    }
}

/// <summary>The items of a stream, which is waited for until a token is cancelled.</summary>
internal sealed class StreamSource<TSource>(IAsyncEnumerable<TSource> items, CancellationToken cancellationToken) : IAsyncEnumerator<TSource>
{
    private readonly IAsyncEnumerator<TSource> _items = items.GetAsyncEnumerator(cancellationToken);
    private Task<bool>? _moving;

    public TSource Current => _items.Current;

    public ValueTask<bool> MoveNextAsync()
    {
        var moving = _items.MoveNextAsync();
        if (moving.IsCompleted)
        {
            return moving;
        }

        _moving = moving.AsTask();
        return _moving.OrAbandonAsync(cancellationToken);
    }

    /// <summary>A stream that ignores its token is closed once it has moved: until then that is not allowed.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_moving is { IsCompleted: false } abandoned)
        {
            _ = CloseAfterAsync(abandoned);
        }
        else
        {
            await _items.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async Task CloseAfterAsync(Task abandoned)
    {
        try
        {
            await abandoned.ConfigureAwait(false);
        }
        catch (Exception)
        {
            // The stage is over: what the source throws now is of no use to its caller.
        }

        try
        {
            await _items.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception)
        {
            // As above.
        }
    }
}
