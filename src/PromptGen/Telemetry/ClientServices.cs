using Microsoft.Extensions.AI;

namespace PromptGen.Telemetry;

/// <summary>Asks a client for what it brings along.</summary>
internal static class ClientServices
{
    /// <summary>The service; null where there is none. A client that cannot be asked for services can still answer.</summary>
    public static T? TryGetService<T>(this IChatClient client)
        where T : class
    {
        try
        {
            return client.GetService(typeof(T)) as T;
        }
        catch (Exception)
        {
            return null;
        }
    }
}
