using System.Net.Sockets;

namespace PromptGen.Providers;

/// <summary>What .NET reports about a connection that failed: the kind of error, and the host where it is known. Never the text of an exception.</summary>
internal static class TransportDetail
{
    /// <returns>For example <c>ConnectionRefused (api.example.com:443)</c>; null where the kind of error is unknown.</returns>
    public static string? Of(Exception? exception)
    {
        string? kind = null;
        string? host = null;
        foreach (var one in ExceptionChain.All(exception).Take(ClientFailure.MaxDepth))
        {
            switch (one)
            {
                case SocketException socket:
                    // What the system says is more exact than what HTTP makes of it.
                    kind = Enum.IsDefined(socket.SocketErrorCode) ? socket.SocketErrorCode.ToString() : kind;
                    break;
                case HttpRequestException http:
                    kind ??= http.HttpRequestError == HttpRequestError.Unknown ? null : http.HttpRequestError.ToString();
                    host ??= HostIn(http);
                    break;
            }
        }

        return host is null ? kind : kind is null ? null : $"{kind} ({host})";
    }

    /// <summary>.NET ends the message of a connection that it could not open with the host and port in parentheses. Anything else is not shown.</summary>
    private static string? HostIn(HttpRequestException exception)
    {
        string message;
        try
        {
            message = exception.Message;
        }
        catch (Exception)
        {
            return null;
        }

        var start = message.LastIndexOf('(') + 1;
        if (start == 0 || !message.EndsWith(')') || message.Length - start > 300)
        {
            return null;
        }

        var host = message[start..^1];
        var colon = host.LastIndexOf(':');
        return colon > 0 && ushort.TryParse(host.AsSpan(colon + 1), out _) && Uri.CheckHostName(host[..colon]) != UriHostNameType.Unknown ? host : null;
    }
}
