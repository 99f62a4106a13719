using Microsoft.Extensions.AI;

namespace PromptGen.Telemetry;

/// <summary>Asks a client for what it brings along.</summary>
internal static class ClientServices
{
    /// <summary>The service; null where there is none. A client that cannot be asked for services can still answer.</summary>
    public static T? TryGetService<T>(this IChatClient client)
        where T : class => client.TryGetService(typeof(T)) as T;

    /// <summary>The same for services whose type is not a class.</summary>
    public static object? TryGetService(this IChatClient client, Type serviceType)
    {
        try
        {
            return client.GetService(serviceType);
        }
        catch (Exception)
        {
            return null;
        }
    }
}
