using System.Text;
using PromptGen.Providers;

namespace PromptGen.Tests.Providers;

public sealed class CappedStreamTests
{
    [Fact]
    public async Task An_answer_of_the_limit_passes_however_it_is_read()
    {
        var buffer = new byte[8];

        Assert.Equal(8, Capped(8).Read(buffer, 0, 8));
        Assert.Equal(8, Capped(8).Read(buffer.AsSpan()));
        Assert.Equal(8, await Capped(8).ReadAsync(buffer.AsMemory()));
        Assert.Equal(4, await ReadArrayAsync(Capped(8), buffer, 2, 4));
        Assert.Equal([0, 0, 0, 1, 2, 3, 0, 0], await ReadInTheMiddleAsync());
    }

    [Fact]
    public async Task One_byte_more_is_too_large_however_it_is_read()
    {
        var buffer = new byte[16];

        Fails(() => Capped(9).Read(buffer, 0, 16));
        Fails(() => Capped(9).Read(buffer.AsSpan()));
        Assert.Equal(PromptErrorCode.OutputTooLarge, (await Assert.ThrowsAsync<ProviderRequestException>(() => Capped(9).ReadAsync(buffer.AsMemory()).AsTask())).Code);
        Assert.Equal(PromptErrorCode.OutputTooLarge, (await Assert.ThrowsAsync<ProviderRequestException>(() => ReadArrayAsync(Capped(9), buffer, 0, 16))).Code);

        static void Fails(Func<int> read)
        {
            var error = Assert.Throws<ProviderRequestException>(() => _ = read());
            Assert.Equal((PromptErrorCode.OutputTooLarge, "The answer is larger than 8 bytes."), (error.Code, error.Message));
        }
    }

    [Fact]
    public void What_was_read_before_counts()
    {
        var stream = Capped(9);
        var buffer = new byte[4];

        Assert.Equal([4, 4], [stream.Read(buffer), stream.Read(buffer)]);
        Assert.Throws<ProviderRequestException>(() => stream.Read(buffer));
    }

    [Fact]
    public void It_is_read_forward_and_nothing_else()
    {
        var stream = Capped(8);

        Assert.Equal((true, false, false), (stream.CanRead, stream.CanSeek, stream.CanWrite));
        Assert.Throws<NotSupportedException>(() => stream.Length);
        Assert.Throws<NotSupportedException>(() => stream.Position);
        Assert.Throws<NotSupportedException>(() => stream.Position = 1);
        Assert.Throws<NotSupportedException>(() => stream.Seek(0, SeekOrigin.Begin));
        Assert.Throws<NotSupportedException>(() => stream.SetLength(1));
        Assert.Throws<NotSupportedException>(() => stream.Write([1], 0, 1));
    }

    [Fact]
    public async Task The_stream_below_ends_with_it()
    {
        var (first, second) = (new MemoryStream(), new MemoryStream());

        new CappedStream(first, 8).Dispose();
        await new CappedStream(second, 8).DisposeAsync();

        Assert.Equal((false, false), (first.CanRead, second.CanRead));
    }

    [Theory]
    [InlineData("data: 12\n\ndata: 34\n\n", 1024)]
    [InlineData("data: 12\r\n\r\ndata: 34\r\n\r\n", 1024)]
    [InlineData("data: 12\r\n\r\ndata: 34\r\n\r\n", 1)]
    [InlineData("a\n\n\n\nb\n\n", 3)]
    public async Task Events_of_the_limit_pass_however_many_they_are(string events, int chunk)
    {
        Assert.Equal(events, await ReadEventsAsync(events, chunk, eventLimit: 10));
    }

    [Theory]
    [InlineData("data: 12\n\ndata: 3456\n\n", 1024)]
    [InlineData("data: 12\n\ndata: 3456\n\n", 1)]
    [InlineData("data: 1\ndata: 2\n\n", 4)]
    [InlineData("\r\r\r\r\r\r\r\r\r\r", 2)]
    public async Task An_event_beyond_the_limit_fails_though_the_stream_is_within_its_own(string events, int chunk)
    {
        var error = await Assert.ThrowsAsync<ProviderRequestException>(() => ReadEventsAsync(events, chunk, eventLimit: 9));

        Assert.Equal((PromptErrorCode.OutputTooLarge, "An event of the answer is larger than 9 bytes."), (error.Code, error.Message));
    }

    private static async Task<string> ReadEventsAsync(string events, int chunk, long eventLimit)
    {
        using var stream = new CappedStream(new MemoryStream(Encoding.UTF8.GetBytes(events)), limit: 1000, eventLimit);
        var (text, buffer) = (new StringBuilder(), new byte[chunk]);
        while (await stream.ReadAsync(buffer.AsMemory()) is > 0 and var count)
        {
            text.Append(Encoding.UTF8.GetString(buffer, 0, count));
        }

        return text.ToString();
    }

    private static CappedStream Capped(int bytes) => new(new MemoryStream([.. Enumerable.Range(1, bytes).Select(static i => (byte)i)]), limit: 8);

    private static async Task<byte[]> ReadInTheMiddleAsync()
    {
        var buffer = new byte[8];
        await ReadArrayAsync(Capped(8), buffer, 3, 3);
        return buffer;
    }

#pragma warning disable CA1835 // The overload for arrays is what is tested.
    private static Task<int> ReadArrayAsync(CappedStream stream, byte[] buffer, int offset, int count) =>
        stream.ReadAsync(buffer, offset, count, CancellationToken.None);
#pragma warning restore CA1835
}
