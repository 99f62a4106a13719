using Microsoft.Extensions.AI;
using PromptGen.Testing;

namespace PromptGen;

/// <summary>Injects faults into clients.</summary>
public static class ChaosExtensions
{
    /// <summary>Puts chaos in front of a client.</summary>
    /// <param name="client">The client.</param>
    /// <param name="options">The rates of faults; must not be changed afterwards.</param>
    /// <returns>The client with chaos; it disposes <paramref name="client"/>.</returns>
    public static ChaosChatClient WithChaos(this IChatClient client, ChaosOptions options) => new(client, options);

    /// <summary>Puts chaos in front of the client of every model, each with the requests counted by itself.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Sets the rates of faults.</param>
    /// <returns>The builder.</returns>
    public static PromptRuntimeBuilder UseChaos(this PromptRuntimeBuilder builder, Action<ChaosOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        var options = new ChaosOptions();
        configure(options);
        return builder.WrapClients((_, client) => client.WithChaos(options));
    }
}
