using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PromptGen.Budgets;
using PromptGen.Hosting;

namespace PromptGen;

/// <summary>Registers PromptGen in a container.</summary>
public static class PromptGenServiceCollectionExtensions
{
    /// <summary>
    /// Registers the <see cref="PromptRuntime"/>. Configuration section <c>PromptGen</c>, <see cref="TimeProvider"/>, logging, failure
    /// classifiers and an <see cref="IBudgetStore"/> are taken from the container where it has them. When the host starts, every prompt
    /// registered with <c>AddPromptClients</c> is checked: a provider or model that nothing serves ends the start with one
    /// <see cref="PromptException"/> that names every prompt in need of it.
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
        services.TryAddSingleton(CreateRuntime);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, PromptStartup>());
        return services;
    }

    private static PromptRuntime CreateRuntime(IServiceProvider services)
    {
        var runtime = PromptRuntime.Create(builder => Configure(services, builder));
        try
        {
            runtime.Require([.. services.GetServices<PromptManifest>().SelectMany(static manifest => manifest.Prompts)]);
            return runtime;
        }
        catch
        {
            runtime.Dispose();
            throw;
        }
    }

    private static void Configure(IServiceProvider services, PromptRuntimeBuilder builder)
    {
        if (services.GetService<IConfiguration>() is { } configuration)
        {
            builder.UseConfiguration(configuration.GetSection("PromptGen"));
        }

        if (services.GetService<TimeProvider>() is { } timeProvider)
        {
            builder.UseTimeProvider(timeProvider);
        }

        if (services.GetService<ILoggerFactory>() is { } loggerFactory)
        {
            builder.UseLoggerFactory(loggerFactory);
        }

        if (services.GetService<IBudgetStore>() is { } budgetStore)
        {
            builder.UseBudgetStore(budgetStore);
        }

        foreach (var classifier in services.GetServices<IFailureClassifier>())
        {
            builder.AddFailureClassifier(classifier);
        }

        foreach (var registration in services.GetServices<RuntimeConfiguration>())
        {
            registration.Configure(services, builder);
        }
    }
}
