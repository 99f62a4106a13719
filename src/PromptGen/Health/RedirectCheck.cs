using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using PromptGen.Catalog;
using PromptGen.Providers;
using PromptGen.Telemetry;

namespace PromptGen.Health;

/// <summary>Warns of clients that could send a prompt to another host than their provider's: the runtime has no means to prevent that.</summary>
internal static class RedirectCheck
{
    public static void Report(IChatClient client, ModelInfo model, ILogger logger)
    {
        if (logger.IsEnabled(LogLevel.Warning) && HandlingOf(client) is not RedirectHandling.NotFollowed and var handling)
        {
            TelemetryLog.RedirectsPossible(
                logger,
                model.Id,
                model.Provider,
                client.GetType().Name,
                handling == RedirectHandling.Followed ? "follows HTTP redirects" : "does not say whether it follows HTTP redirects");
        }
    }

    private static RedirectHandling HandlingOf(IChatClient client) =>
        client.TryGetService(typeof(RedirectHandling)) is RedirectHandling known ? known
        : client.TryGetService<HttpClient>() is { } http ? HttpRedirects.Of(http)
        : RedirectHandling.Unknown;
}
