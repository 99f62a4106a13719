using System.Net;
using System.Net.Sockets;
using System.Text;

namespace PromptGen.Tests.Providers;

/// <summary>A host that no client has any business with. It keeps every byte that it is sent and answers whatever it is asked.</summary>
internal sealed class Stranger : IDisposable
{
    private const string Body = """{"choices":[{"message":{"role":"assistant","content":"from elsewhere"},"finish_reason":"stop"}]}""";
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly StringBuilder _received = new();

    public Stranger()
    {
        _listener.Start();
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");
        _ = AcceptAsync();
    }

    public Uri Address { get; }

    /// <summary>All that came.</summary>
    public string Received
    {
        get
        {
            lock (_received)
            {
                return _received.ToString();
            }
        }
    }

    public void Dispose() => _listener.Dispose();

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await _listener.AcceptTcpClientAsync());
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var connection = client;
        var buffer = new byte[64 * 1024];
        try
        {
            while (await client.GetStream().ReadAsync(buffer) is > 0 and var count)
            {
                lock (_received)
                {
                    _received.Append(Encoding.UTF8.GetString(buffer, 0, count));
                }

                if (Received.Contains("\r\n\r\n", StringComparison.Ordinal))
                {
                    await client.GetStream().WriteAsync(Encoding.UTF8.GetBytes($"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {Body.Length}\r\n\r\n{Body}"));
                }
            }
        }
        catch (IOException)
        {
            // The client went away.
        }
    }
}
