using Microsoft.Extensions.DependencyInjection;

namespace PromptGen.Providers;

/// <summary>Makes clients over <see cref="IHttpClientFactory"/>. For packages that connect a provider.</summary>
public static class NamedHttpClient
{
    /// <summary>
    /// A client that may live as long as the program: each request takes the handlers and default headers that the factory has for the name at that time. It has no
    /// time-out of its own, and follows no redirects.
    /// </summary>
    /// <param name="services">The container; null = there is none.</param>
    /// <param name="name">The name given to <c>AddHttpClient</c>.</param>
    /// <returns>The client.</returns>
    /// <exception cref="PromptException">With <see cref="PromptErrorCode.Configuration"/>: there is no container, or it has no <see cref="IHttpClientFactory"/>.</exception>
    public static HttpClient Create(IServiceProvider? services, string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return services?.GetService<IHttpClientFactory>() is { } clients && services.GetService<IHttpMessageHandlerFactory>() is { } handlers
            ? new HttpClient(new FactoryHandler(clients, handlers, name)) { Timeout = Timeout.InfiniteTimeSpan }
            : throw new PromptException(
                PromptErrorCode.Configuration, $"The HTTP client '{name}' needs a container with IHttpClientFactory: call services.AddHttpClient(\"{name}\") and AddPromptGen of the same services.");
    }
}
