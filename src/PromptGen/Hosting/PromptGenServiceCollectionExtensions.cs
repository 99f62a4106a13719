using Microsoft.Extensions.DependencyInjection;
using PromptGen.Budgets;
using PromptGen.Hosting;

namespace PromptGen;

/// <summary>Registers PromptGen in a container.</summary>
public static class PromptGenServiceCollectionExtensions
{
    /// <summary>
    /// Registers the <see cref="PromptRuntime"/>. Configuration section <c>PromptGen</c>, <see cref="TimeProvider"/>, logging, failure
    /// classifiers, an <see cref="IBudgetStore"/> and a <c>HybridCache</c> are taken from the container where it has them. When the host starts, every prompt
    /// registered with <c>AddPromptClients</c> is checked: a provider or model that nothing serves ends the start with one
    /// <see cref="PromptException"/> that names every prompt that needs it.
    /// </summary>
    /// <param name="services">The container's services.</param>
    /// <param name="configure">Registers the providers. Called when the runtime is made.</param>
    /// <returns>The services.</returns>
    public static IServiceCollection AddPromptGen(this IServiceCollection services, Action<PromptRuntimeBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        return services.AddPromptGen((_, prompts) => configure(prompts));
    }

    /// <summary>As the other overload, for providers whose clients need services of the container.</summary>
    /// <param name="services">The container's services.</param>
    /// <param name="configure">Registers the providers. Called when the runtime is made.</param>
    /// <returns>The services.</returns>
    public static IServiceCollection AddPromptGen(this IServiceCollection services, Action<IServiceProvider, PromptRuntimeBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        services.AddSingleton(new RuntimeConfiguration(configure));
        PromptRegistration.AddRuntime(services);
        return services;
    }
}
