using System.Runtime.CompilerServices;

namespace PromptGen.Providers;

/// <summary>
/// Reads another stream up to a number of bytes and fails beyond it, so that an endless answer cannot fill the memory: reading then throws a
/// <see cref="ProviderRequestException"/> with <see cref="PromptErrorCode.OutputTooLarge"/>.
/// </summary>
public sealed class CappedStream : Stream
{
    private readonly Stream _inner;
    private readonly long _limit;
    private readonly long _eventLimit;
    private long _read;
    private long _inEvent;
    private bool _isLineEmpty = true;

    /// <summary>Caps the length of a stream.</summary>
    /// <param name="inner">The stream to read; disposed with this one.</param>
    /// <param name="limit">The most bytes that may be read.</param>
    /// <param name="eventLimit">The most bytes between two empty lines, which end an event of a stream of server-sent events. Default: no limit.</param>
    public CappedStream(Stream inner, long limit, long eventLimit = long.MaxValue)
    {
        ArgumentNullException.ThrowIfNull(inner);
        (_inner, _limit, _eventLimit) = (inner, limit, eventLimit);
    }

    /// <summary>Caps a body that is parsed as a whole.</summary>
    /// <param name="body">The body; disposed with the result.</param>
    /// <param name="cap">The cap.</param>
    /// <returns>The capped body.</returns>
    public static CappedStream Whole(Stream body, AnswerCap cap) => new(body, cap.PartBytes);

    /// <summary>Caps a stream of server-sent events, and each event.</summary>
    /// <param name="body">The body; disposed with the result.</param>
    /// <param name="cap">The cap.</param>
    /// <returns>The capped body.</returns>
    public static CappedStream Events(Stream body, AnswerCap cap) => new(body, cap.Bytes, cap.PartBytes);

    /// <inheritdoc />
    public override bool CanRead => true;

    /// <inheritdoc />
    public override bool CanSeek => false;

    /// <inheritdoc />
    public override bool CanWrite => false;

    /// <inheritdoc />
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc />
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc />
    public override int Read(byte[] buffer, int offset, int count) => Count(buffer.AsSpan(offset), _inner.Read(buffer, offset, count));

    /// <inheritdoc />
    public override int Read(Span<byte> buffer) => Count(buffer, _inner.Read(buffer));

    /// <inheritdoc />
    public override async Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        await ReadAsync(buffer.AsMemory(offset, count), cancellationToken).ConfigureAwait(false);

    /// <inheritdoc />
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await _inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        return Count(buffer.Span, read);
    }

    /// <inheritdoc />
    public override void Flush()
    {
    }

    /// <inheritdoc />
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc />
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc />
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc />
    public override async ValueTask DisposeAsync()
    {
        await _inner.DisposeAsync().ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
    }

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private int Count(ReadOnlySpan<byte> buffer, int bytes)
    {
        _read += bytes;
        if (_read > _limit)
        {
            throw TooLarge("The answer is", _limit);
        }

        if (_eventLimit < _limit)
        {
            CountEvents(buffer[..bytes]);
        }

        return bytes;
    }

    private void CountEvents(ReadOnlySpan<byte> bytes)
    {
        for (int end; (end = bytes.IndexOf((byte)'\n')) >= 0; bytes = bytes[(end + 1)..])
        {
            AddToLine(bytes[..end]);
            (_inEvent, _isLineEmpty) = (_isLineEmpty ? 0 : _inEvent, true);
        }

        AddToLine(bytes);
    }

    private void AddToLine(ReadOnlySpan<byte> bytes)
    {
        _isLineEmpty &= bytes is [] or [(byte)'\r'];
        _inEvent += bytes.Length;
        if (_inEvent > _eventLimit)
        {
            throw TooLarge("An event of the answer is", _eventLimit);
        }
    }

    private static ProviderRequestException TooLarge(string what, long limit) =>
        new(PromptErrorCode.OutputTooLarge, $"{what} larger than {limit} bytes.");
}
