namespace PromptGen.Providers;

/// <summary>
/// Sends each request through the handlers that <see cref="IHttpClientFactory"/> has for a name at that time, so that they are renewed as the factory does it. A
/// client that lives as long as the program would keep the first ones.
/// </summary>
internal sealed class FactoryHandler(IHttpClientFactory clients, IHttpMessageHandlerFactory handlers, string name) : HttpMessageHandler
{
    /// <summary>What the handlers do with redirects; turned off where that is still possible.</summary>
    public RedirectHandling Redirects
    {
        get
        {
            using var client = clients.CreateClient(name);
            return HttpRedirects.TurnOff(client);
        }
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using (var client = clients.CreateClient(name))
        {
            HttpRedirects.TurnOff(client);
            foreach (var (header, values) in client.DefaultRequestHeaders.NonValidated)
            {
                if (!request.Headers.NonValidated.Contains(header))
                {
                    request.Headers.TryAddWithoutValidation(header, values);
                }
            }
        }

        // The factory owns the handlers.
        return new HttpMessageInvoker(handlers.CreateHandler(name), disposeHandler: false).SendAsync(request, cancellationToken);
    }
}
