using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace PromptGen.Benchmarks;

/// <summary>A chat completions server on loopback that answers every request with the same bytes, so that as little as possible of what is measured is its own work.</summary>
internal sealed class LoopbackServer : IDisposable
{
    private const int MostRequestBytes = 64 * 1024;

    private static readonly byte[] s_endOfHead = "\r\n\r\n"u8.ToArray();

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly byte[] _reply;

    /// <param name="answer">The JSON of every answer.</param>
    public LoopbackServer(string answer)
    {
        var body = Encoding.UTF8.GetBytes(answer);
        _reply = [.. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n")), .. body];
        _listener.Start(128);
        Endpoint = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture)}/v1");
        _ = AcceptAsync();
    }

    public Uri Endpoint { get; }

    /// <summary>The body of the latest request.</summary>
    public string LatestBody { get; private set; } = "";

    /// <summary>Whether <see cref="LatestBody"/> is kept.</summary>
    public bool KeepsBodies { get; set; } = true;

    public void Dispose() => _listener.Dispose();

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var socket = await _listener.AcceptSocketAsync();
                socket.NoDelay = true;
                _ = ServeAsync(socket);
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The server was disposed.
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        using var connection = socket;
        var buffer = new byte[MostRequestBytes];
        var filled = 0;
        try
        {
            while (await connection.ReceiveAsync(buffer.AsMemory(filled)) is > 0 and var read)
            {
                filled += read;
                if (LengthOf(buffer.AsSpan(0, filled)) is { } length && filled >= length)
                {
                    filled = 0;
                    await connection.SendAsync(_reply);
                }
            }
        }
        catch (SocketException)
        {
            // The client has closed the connection.
        }
    }

    /// <returns>The bytes of a request; null while its head is not there.</returns>
    private int? LengthOf(ReadOnlySpan<byte> request)
    {
        var head = request.IndexOf(s_endOfHead);
        if (head < 0)
        {
            return null;
        }

        head += s_endOfHead.Length;
        var text = Encoding.ASCII.GetString(request[..head]);
        const string Header = "Content-Length: ";
        var start = text.IndexOf(Header, StringComparison.OrdinalIgnoreCase) + Header.Length;
        var length = head + int.Parse(text.AsSpan(start, text.IndexOf('\r', start) - start), NumberStyles.None, CultureInfo.InvariantCulture);
        if (KeepsBodies && request.Length >= length)
        {
            LatestBody = Encoding.UTF8.GetString(request[head..length]);
        }

        return length;
    }
}
