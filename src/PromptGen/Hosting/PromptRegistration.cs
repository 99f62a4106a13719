using System.ComponentModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace PromptGen.Hosting;

/// <summary>Registers what the prompt classes of an assembly need. Generated code calls it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class PromptRegistration
{
    /// <summary>Registers a manifest once, and the check at start-up, which fails where <c>AddPromptGen</c> was not called.</summary>
    /// <param name="services">The container's services.</param>
    /// <param name="manifest">The prompts of an assembly.</param>
    public static void AddManifest(IServiceCollection services, PromptManifest manifest)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(manifest);
        if (!services.Any(service => !service.IsKeyedService && ReferenceEquals(service.ImplementationInstance, manifest)))
        {
            services.AddSingleton(manifest);
        }

        AddRuntime(services);
    }

    internal static void AddRuntime(IServiceCollection services)
    {
        services.TryAddSingleton(RuntimeFactory.Create);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, PromptStartup>());
    }
}
