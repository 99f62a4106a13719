using System.Runtime.CompilerServices;

namespace PromptGen.Providers;

/// <summary>Finds out whether an <see cref="HttpClient"/> follows redirects, and turns that off. For packages that connect a provider.</summary>
public static class HttpRedirects
{
    private const int MaxHandlers = 100;

    /// <summary>Whether a client follows redirects.</summary>
    /// <param name="client">The client. What its own <see cref="DelegatingHandler"/>s do is not looked into.</param>
    /// <returns>What the handler at the end of its chain does; <see cref="RedirectHandling.Unknown"/> where that is not one of .NET's.</returns>
    public static RedirectHandling Of(HttpClient client)
    {
        ArgumentNullException.ThrowIfNull(client);
        return Innermost(client) switch
        {
            SocketsHttpHandler handler => Of(handler.AllowAutoRedirect),
            HttpClientHandler handler => Of(handler.AllowAutoRedirect),
            FactoryHandler handler => handler.Redirects,
            _ => RedirectHandling.Unknown,
        };
    }

    /// <summary>Lets a client follow no redirects from now on. .NET allows that until the client has sent its first request.</summary>
    /// <param name="client">The client.</param>
    /// <returns>What it does afterwards.</returns>
    public static RedirectHandling TurnOff(HttpClient client)
    {
        ArgumentNullException.ThrowIfNull(client);
        try
        {
            switch (Innermost(client))
            {
                case SocketsHttpHandler { AllowAutoRedirect: true } handler:
                    handler.AllowAutoRedirect = false;
                    break;
                case HttpClientHandler { AllowAutoRedirect: true } handler:
                    handler.AllowAutoRedirect = false;
                    break;
            }
        }
        catch (InvalidOperationException)
        {
            // It has sent a request, or was disposed: what it does stays as it is.
        }

        return Of(client);
    }

    private static RedirectHandling Of(bool follows) => follows ? RedirectHandling.Followed : RedirectHandling.NotFollowed;

    private static HttpMessageHandler? Innermost(HttpClient client)
    {
        var handler = HandlerOf(client);
        for (var i = 0; handler is DelegatingHandler outer && i < MaxHandlers; i++)
        {
            handler = outer.InnerHandler;
        }

        return handler;
    }

    /// <summary>No public member of <see cref="HttpClient"/> returns its handler. The field has had this name since .NET Core 1.0.</summary>
    private static HttpMessageHandler? HandlerOf(HttpClient client)
    {
        try
        {
            return Handler(client);
        }
        catch (MissingFieldException)
        {
            return null;
        }
    }

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_handler")]
    private static extern ref readonly HttpMessageHandler Handler(HttpMessageInvoker client);
}
